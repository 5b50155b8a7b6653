import start from "/floor.js";

start({ module_or_path: "/floor_bg.wasm" });
