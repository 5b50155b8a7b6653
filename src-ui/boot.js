// Starts the interface. A file of its own, because the page's policy refuses inline scripts.
import start from "/waymark.js";

start({ module_or_path: "/waymark_bg.wasm" }).catch((error) => {
  const panel = document.getElementById("boot-error");
  // After a panic the interface has filled the panel itself, with words and a button.
  if (!panel.hidden) return;
  panel.textContent = `Waymark could not start: ${error}`;
  panel.hidden = false;
});
