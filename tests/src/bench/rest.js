// Waits until nothing has changed in the palette for a while, and answers with the milliseconds from the
// key to the frame that showed the last change; null where the key changed no result.
// arguments: how long nothing must change, in milliseconds; the callback.
const [quiet, done] = arguments;
const notes = window.waymarkKeys;
const look = () => {
  const last = Math.max(notes.begin, notes.touched);
  if (notes.open === 0 && performance.now() - last > quiet) done(notes.shown);
  else setTimeout(look, 10);
};
look();
