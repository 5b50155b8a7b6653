// Shows HTML in an empty page and measures until it is painted: what the engine itself takes.
// arguments: the HTML, the callback.
const [html, done] = arguments;
document.body.replaceChildren();
requestAnimationFrame(() => {
  const begin = performance.now();
  const article = document.createElement("article");
  article.innerHTML = html;
  document.body.append(article);
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - begin);
    channel.port2.postMessage(null);
  });
});
