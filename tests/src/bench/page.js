// Follows a link to a page of documentation and measures, in this page, until its text is painted.
// arguments: the route, the callback.
const [route, done] = arguments;
// The interface may keep elements around the text, never the text itself.
const text = "article :is(p, li, pre, h2, h3, td)";
const before = document.querySelector(text);
const begin = performance.now();

const link = document.createElement("a");
link.href = route;
document.body.append(link);
link.click();
link.remove();

const look = () => {
  const now = document.querySelector(text);
  if (now && now !== before) {
    // This callback runs before the frame is painted; the message comes after that.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - begin);
    channel.port2.postMessage(null);
  } else if (performance.now() - begin > 8000) {
    const title = document.querySelector("h1")?.textContent;
    done(`never painted: ${location.pathname} shows “${title}”, ${document.querySelectorAll(text).length} blocks`);
  } else {
    requestAnimationFrame(look);
  }
};
requestAnimationFrame(look);
