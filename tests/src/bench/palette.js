// Notes when a key was pressed in the palette, and when the last frame was painted that changed what is found
// for it. The field itself and the line with the keys are no results.
const box = document.querySelector(".wm-palette__box");
const notes = { begin: 0, shown: null, touched: 0, open: 0 };
window.waymarkKeys = notes;

document.addEventListener("keydown", () => {
  Object.assign(notes, { begin: performance.now(), shown: null, touched: 0 });
}, true);

const isResult = ({ target }) => !(target.nodeType === 1 ? target : target.parentElement)?.closest(".wm-palette__query, .wm-palette__foot");

new MutationObserver((records) => {
  if (!records.some(isResult)) return;
  const { begin } = notes;
  notes.touched = performance.now();
  notes.open += 1;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      notes.open -= 1;
      if (notes.begin === begin) notes.shown = performance.now() - begin;
    };
    channel.port2.postMessage(null);
  });
}).observe(box, { subtree: true, childList: true, characterData: true, attributes: true });
