// Starts Backstage's own backend, lets it build the sites of the catalog, and says READY.
'use strict';

const { createBackend } = require('@backstage/backend-defaults');

const base = `http://127.0.0.1:${process.env.PORT}`;
const headers = { authorization: `Bearer ${process.env.TOKEN}` };
const sites = ['component/pier-api', 'component/Lantern', 'system/harbour'];

/** Asks again until the answer is good: the catalog reads its file some time after the start. */
async function until(url, good) {
  for (let tries = 0; tries < 240; tries += 1) {
    const answer = await fetch(url, { headers }).catch(() => undefined);
    const body = answer?.ok ? await answer.text() : '';
    if (good(body)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${url} does not answer as it should`);
}

async function main() {
  const backend = createBackend();
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-techdocs-backend'));
  await backend.start();
  // Relations come after the entities: the last of them is that the department has a child.
  await until(`${base}/api/catalog/entities/by-name/group/default/tides`, (body) => body.includes('childOf'));
  await until(`${base}/api/catalog/entities/by-name/user/default/ines`, (body) => body.includes('memberOf'));
  for (const site of sites) {
    await until(`${base}/api/catalog/entities/by-name/${site.replace('/', '/default/')}`, (body) => body.includes('ownedBy'));
    const built = await fetch(`${base}/api/techdocs/sync/default/${site}`, { headers });
    const events = await built.text();
    if (!events.includes('"updated":true')) throw new Error(`${site} was not built: ${events}`);
  }
  console.log('READY');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
