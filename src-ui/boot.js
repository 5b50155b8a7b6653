// Starts the interface. A file of its own, because the page's policy refuses inline scripts.
// The module is fetched and compiled while the glue that it needs is still on its way.
const compiled = WebAssembly.compileStreaming(fetch("/waymark_bg.wasm"));

import("/waymark.js")
  .then(async ({ default: start }) => start({ module_or_path: await compiled }))
  .catch((error) => {
    const panel = document.getElementById("boot-error");
    // After a panic the interface has filled the panel itself, with words and a button.
    if (!panel.hidden) return;
    panel.textContent = `Waymark could not start: ${error}`;
    panel.hidden = false;
  });
