// Follows a link to a page of documentation and measures, in this page, until its text is painted.
// arguments: the route, the callback.
const [route, done] = arguments;
const before = document.querySelector("article");
const path = new URL(route, location).pathname;
const begin = performance.now();

const link = document.createElement("a");
link.href = route;
document.body.append(link);
link.click();
link.remove();

const look = () => {
  const article = document.querySelector("article");
  const there = article && article !== before && article.querySelector("p, li, pre, h2, h3, td");
  if (there && location.pathname === path) {
    // This callback runs before the frame is painted; the message comes after that.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - begin);
    channel.port2.postMessage(null);
  } else if (performance.now() - begin > 8000) {
    done(null);
  } else {
    requestAnimationFrame(look);
  }
};
requestAnimationFrame(look);
