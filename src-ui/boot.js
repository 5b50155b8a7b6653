// Starts the interface. A file of its own, because the page's policy refuses inline scripts.
// The module is fetched and compiled while the glue that it needs is still on its way.
const compiled = WebAssembly.compileStreaming(fetch("/waymark_bg.wasm"));

// What most starts ask first is asked now, so that the answers are there when the module is. The
// interface takes an answer in place of its own first request, and forgets what no screen took.
const bridge = window.__TAURI_INTERNALS__;
window.waymarkEarly = new Map(
  (bridge ? ["start", "open_today"] : []).map((command) => [command, bridge.invoke(command, { request: {} })]),
);
// An answer that nobody takes is no error; whoever takes it sees it.
for (const answer of window.waymarkEarly.values()) answer.catch(() => {});

import("/waymark.js")
  .then(async ({ default: start }) => start({ module_or_path: await compiled }))
  .catch((error) => {
    const panel = document.getElementById("boot-error");
    // After a panic the interface has filled the panel itself, with words and a button.
    if (!panel.hidden) return;
    panel.textContent = `Waymark could not start: ${error}`;
    panel.hidden = false;
  });
