// Puts hostile documents into a page and answers with the numbers of those that ran a script.
// arguments: the documents, how many share one look (1 = each by itself), and the callback.
const [documents, together, done] = arguments;

let ran = 0;
const notice = () => { ran += 1; };
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = notice;

// By prototype: a document may name an image "createElement", and the page would find that instead.
const create = (name) => Document.prototype.createElement.call(document, name);
const fragment = (html) => Document.prototype.createRange.call(document).createContextualFragment(html);

const stage = create("div");
document.documentElement.append(stage);
// Long enough for an image that fails, a frame that loads, an animation that begins.
const look = (milliseconds) => new Promise((then) => setTimeout(then, milliseconds));

// As the reader does it, and as a parser with scripting would.
function put(html) {
  const place = create("div");
  stage.append(place);
  place.innerHTML = html;
  for (const part of place.querySelectorAll("[href^='javascript:' i], summary, button")) part.click?.();
  // Every key, drag and pointer that a document waits for.
  for (const part of place.querySelectorAll("*")) {
    const waits = [...part.attributes].filter(({ name }) => name.startsWith("on")).slice(0, 20);
    for (const { name } of waits) part.dispatchEvent(new Event(name.slice(2)));
  }
  const parsed = create("div");
  stage.append(parsed);
  try { parsed.append(fragment(html)); } catch { /* no document */ }
}

(async () => {
  const guilty = [];
  for (let at = 0; at < documents.length; at += together) {
    const before = ran;
    for (const html of documents.slice(at, at + together)) {
      try { put(html); } catch (error) { console.warn(error); }
    }
    await look(together === 1 ? 30 : 60);
    stage.replaceChildren();
    if (ran > before) guilty.push(at);
  }
  await look(200);
  stage.remove();
  done({ guilty, ran });
})();
