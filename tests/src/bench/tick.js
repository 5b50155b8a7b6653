// Clicks one step's box and measures, in this page, until it is painted as ticked and until the window
// says that it is on disk. The status bar speaks after the commit and never before.
// arguments: the number of the turn, the callback.
const [turn, done] = arguments;

// Steps that are open before the first tick. Those that a tick unlocks may be locked again by the next turn.
const open = "[data-step]:has(input[type=checkbox]:enabled)";
window.waymarkSteps ??= [...document.querySelectorAll(open)].map((row) => row.dataset.step);
if (window.waymarkSteps.length === 0) {
  done({ error: "no step can be ticked" });
  return;
}
// Every tick is taken back by the turn after it.
const step = window.waymarkSteps[Math.floor(turn / 2) % window.waymarkSteps.length];
const box = document.querySelector(`[data-step="${CSS.escape(step)}"] input[type=checkbox]`);
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
