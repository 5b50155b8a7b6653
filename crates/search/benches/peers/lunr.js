// Fills lunr with the sections that our index was filled from, types the same queries and prints one row of
// the table. Arguments: the folder of lunr, and a file with sections and queries.
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
const [times, walls] = [[], []];
for (let round = 0; round < 2; round += 1) {
  for (const query of queries) {
    for (let end = 1; end <= query.length; end += 1) {
      const [wall, cpu] = [performance.now(), busy()];
      ask(query.slice(0, end));
      // The first round warms up.
      if (round > 0) { times.push(busy() - cpu); walls.push(performance.now() - wall); }
    }
  }
}
times.sort((a, b) => a - b);
walls.sort((a, b) => a - b);
const at = (list, part) => `${list[Math.floor((list.length - 1) * part)].toFixed(2)} ms`;
const mega = (size) => `${(size / 1e6).toFixed(1)} MB`;
console.log(`| lunr: ${sections.length} | ${mega(bytes)} | ${mega(Buffer.byteLength(text))} | ${(filling / 1000).toFixed(1)} s | ${opening.toFixed(0)} ms `
  + `| ${at(times, 0.5)} | ${at(times, 0.95)} | ${at(times, 0.99)} | ${at(times, 1)} | ${at(walls, 0.95)} |`);
