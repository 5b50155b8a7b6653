// WebKitGTK takes a picture when the page is painted next, and without the DMABUF renderer a page at
// rest is never painted again. One pixel therefore changes between two colours that both round to
// nothing, so that pictures stay equal. `waymarkStir()` ends it.
const pixel = document.createElement("div");
pixel.setAttribute("aria-hidden", "true");
for (const [name, value] of [["position", "fixed"], ["inset", "0 auto auto 0"], ["width", "1px"], ["height", "1px"], ["z-index", "2147483647"], ["pointer-events", "none"]]) {
  pixel.style.setProperty(name, value);
}
document.body.append(pixel);
let turn = 0;
const timer = setInterval(() => {
  turn += 1;
  pixel.style.setProperty("background", `rgba(128, 128, 128, ${turn % 2 ? 0.001 : 0.0015})`);
}, 16);
window.waymarkStir = () => {
  clearInterval(timer);
  pixel.remove();
  delete window.waymarkStir;
};
return null;
