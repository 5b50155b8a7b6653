// Writes down what the running Backstage answers, for the small server of the quick tests
// (`tests/src/replay.rs`). Scripts and drawings of the theme are left out of the pages.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const base = `http://127.0.0.1:${process.env.PORT}`;
const folder = process.env.FIXTURES;
const here = path.resolve('.');
const answers = [];

async function record(address, file, token = process.env.TOKEN, known = address) {
  const answer = await fetch(base + address, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = {};
  for (const name of ['content-type', 'etag', 'location']) {
    if (answer.headers.has(name)) headers[name] = answer.headers.get(name);
  }
  const entry = { path: known, status: answer.status, headers };
  if (file) {
    entry.file = file;
    fs.writeFileSync(path.join(folder, file), file.endsWith('.html') ? plain(body.toString()) : body);
  } else {
    const text = body.toString().replaceAll(here, '/srv/ferry');
    try {
      entry.json = JSON.parse(text);
    } catch {
      entry.text = text;
    }
  }
  answers.push(entry);
  return entry;
}

function plain(html) {
  const bare = html.replace(/<svg.*?<\/svg>/gs, '<svg></svg>').replace(/(<script[^>]*>).*?<\/script>/gs, '$1</script>');
  return `${bare.split('\n').map((line) => line.trimEnd()).filter(Boolean).join('\n')}\n`;
}

async function main() {
  const fields = 'kind,metadata.namespace,metadata.name,metadata.title,metadata.description,metadata.annotations,relations';
  const query = (more) => `/api/catalog/entities/by-query?${new URLSearchParams({ ...more, fields, limit: '2' })}`;
  const first = await record(query({ filter: 'metadata.annotations.backstage.io/techdocs-ref' }));
  await record(query({ cursor: first.json.pageInfo.nextCursor }));
  for (const name of ['user/default/ines', 'group/default/tides', 'group/default/fleet', 'user/default/nobody']) {
    await record(`/api/catalog/entities/by-name/${name}`);
  }
  for (const [kind, name] of [['component', 'pier-api'], ['component', 'Lantern'], ['system', 'harbour'], ['component', 'buoy']]) {
    const metadata = await record(`/api/techdocs/metadata/techdocs/default/${kind}/${name}`);
    const wanted = (file) => (file.endsWith('.html') && file !== '404.html') || file === 'img/pier.png';
    for (const file of (metadata.json.files ?? []).filter(wanted)) {
      const address = (site) => `/api/techdocs/static/docs/default/${kind}/${site}/${file}`;
      if (name !== name.toLowerCase()) await record(address(name));
      await record(address(name.toLowerCase()), `${name.toLowerCase()}-${file.replaceAll('/', '-')}`);
    }
  }
  await record('/api/techdocs/static/docs/default/component/pier-api/none/index.html');
  await record('/api/catalog/entities/by-query?limit=1', undefined, 'another-token', '*');
  fs.writeFileSync(path.join(folder, 'answers.json'), `${JSON.stringify(answers, null, 1)}\n`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
