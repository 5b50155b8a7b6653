// Finds elements by what a person calls them: their role and their accessible name.
// arguments: what to find, as { role, name } or { text }. Answers { found: [...], seen: [...] }.
const [wanted] = arguments;

const natural = {
  button: "button, summary, input[type=button], input[type=submit]",
  checkbox: "input[type=checkbox]:not([role])",
  combobox: "select",
  dialog: "dialog",
  heading: "h1, h2, h3, h4, h5, h6",
  img: "img[alt]",
  link: "a[href]",
  listitem: "li",
  main: "main",
  navigation: "nav",
  radio: "input[type=radio]",
  textbox: "input:not([type]), input[type=text], input[type=email], textarea",
  searchbox: "input[type=search]",
};

const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const visible = (element) =>
  element.checkVisibility
    ? element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })
    : element.getClientRects().length > 0;

function name(element) {
  const by = element.getAttribute("aria-labelledby");
  if (by) {
    return tidy(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" "));
  }
  const label = element.getAttribute("aria-label");
  if (label) return tidy(label);
  if (element.labels?.length) return tidy([...element.labels].map((each) => each.textContent).join(" "));
  return tidy(element.alt || element.innerText || element.textContent || element.title || element.placeholder || element.value);
}

function candidates() {
  if (wanted.role) {
    const own = natural[wanted.role];
    const selector = own ? `[role=${wanted.role}], :is(${own}):not([role])` : `[role=${wanted.role}]`;
    return [...document.querySelectorAll(selector)];
  }
  // By text: the innermost elements that contain it.
  const holders = [...document.querySelectorAll("body *")].filter((element) => tidy(element.innerText).includes(wanted.text));
  return holders.filter((element) => !holders.some((other) => other !== element && element.contains(other)));
}

const shown = candidates().filter(visible);
if (wanted.text) return { found: shown, seen: [] };
const exact = shown.filter((element) => name(element) === wanted.name);
const found = exact.length ? exact : shown.filter((element) => name(element).includes(wanted.name));
return { found, seen: shown.map(name).slice(0, 40) };
