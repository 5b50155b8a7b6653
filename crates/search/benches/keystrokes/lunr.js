// Fills lunr with the sections that our index was filled from, types the same queries and prints one
// JSON object, with bytes, seconds for filling and milliseconds for everything else. Arguments: the folder of lunr, and a file with sections and queries.
const fs = require('fs');
const [folder, file] = process.argv.slice(2);
const lunr = require(folder);
const { sections, queries } = JSON.parse(fs.readFileSync(file, 'utf8'));
const bytes = sections.reduce((sum, one) => sum + Buffer.byteLength(one.title) + Buffer.byteLength(one.text), 0);

let begun = performance.now();
const filled = lunr(function () {
  this.ref('id');
  this.field('title', { boost: 10 });
  this.field('text');
  sections.forEach((section, id) => this.add({ id, ...section }));
});
const filling = performance.now() - begun;
const text = JSON.stringify(filled);

begun = performance.now();
const index = lunr.Index.load(JSON.parse(text));
const opening = performance.now() - begun;

// All words must be there, the last one by its beginning: what a person means who is still typing.
const ask = (query) => index.query((asked) => {
  const words = lunr.tokenizer(query).map(String).filter((word) => word.trim() !== '');
  words.forEach((word, place) => {
    const required = { presence: lunr.Query.presence.REQUIRED };
    const whole = place + 1 < words.length;
    asked.term(word, whole ? required : { ...required, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
  });
});

const busy = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
// lunr takes seconds for the first letter of a word; a share of all keys says as much as all of them, in a minute.
const keys = queries.flatMap((query) => Array.from(query, (_, at) => query.slice(0, at + 1)));
const [times, walls] = [[], []];
const [EVERY, WARM_UP, LONGEST] = [5, 10, 60_000];
keys.slice(0, WARM_UP).forEach(ask);
const started = performance.now();
for (let at = 0; at < keys.length && performance.now() - started < LONGEST; at += EVERY) {
  const [wall, cpu] = [performance.now(), busy()];
  ask(keys[at]);
  times.push(busy() - cpu);
  walls.push(performance.now() - wall);
}
const numbers = (list) => {
  list.sort((a, b) => a - b);
  const at = (part) => list[Math.max(0, Math.ceil(list.length * part) - 1)];
  return { keys: list.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) };
};
console.log(JSON.stringify({
  sections: sections.length, markdown: bytes, index: Buffer.byteLength(text), filled: filling / 1000, opened: opening,
  busy: numbers(times), wall: numbers(walls),
}));
