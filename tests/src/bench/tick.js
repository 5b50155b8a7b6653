// Clicks one step's box and measures, in this page, until it is painted as ticked and until the window
// says that it is on disk. The status bar speaks after the commit and never before.
// arguments: the number of the turn, the callback.
const [turn, done] = arguments;

// Steps without parts: one with parts stays half-ticked where a part has to wait for another step.
const rows = [...document.querySelectorAll("[data-step]:not(:has([data-step]))")];
const boxes = rows.map((row) => row.querySelector("input[type=checkbox]:enabled")).filter(Boolean);
if (boxes.length === 0) {
  done({ error: "no step can be ticked" });
  return;
}
// Every tick is taken back by the turn after it, also where it moved the other rows.
const before = document.querySelector(`[data-step="${CSS.escape(window.waymarkTicked ?? "")}"] input[type=checkbox]:enabled`);
const box = turn % 2 === 1 && before ? before : boxes[Math.floor(turn / 2) % boxes.length];
window.waymarkTicked = box.closest("[data-step]").dataset.step;
const wanted = !box.checked;
const bar = document.querySelector(".wm-statusbar");
const result = {};
const begin = performance.now();

// The time of the frame that shows what was just changed: the second callback runs after it.
const painted = (name) =>
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      result[name] = performance.now() - begin;
      if ("shown" in result && "durable" in result) done(result);
    };
    channel.port2.postMessage(null);
  });

const saved = new MutationObserver(() => {
  saved.disconnect();
  painted("durable");
});
saved.observe(bar, { subtree: true, childList: true, attributes: true, characterData: true });

box.click();
const check = () => (box.checked === wanted ? painted("shown") : requestAnimationFrame(check));
check();
