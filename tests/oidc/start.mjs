// A real OpenID provider (npm's oidc-provider) for the tests of signing in: on a free port of this machine, with its
// own development forms, until standard input closes.
//
// Usage: node start.mjs FOLDER-OF-OIDC-PROVIDER
//
// On standard input, one a line, each answered with DONE:
//   KEY id        signs with a new key of this id from now on; the keys before it are gone
//   LATER seconds its clock goes on by so much

import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const part = (file) => import(pathToFileURL(join(process.argv[2], "lib", file)).href);
const { default: Provider, errors } = await part("index.js");
const { createMemoryAdapter } = await part("adapters/memory_adapter.js");

const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
// Seconds between two polls: what is advertised, and what is insisted on. They differ so that a client that keeps
// to the advertised one hears `slow_down`.
const ADVERTISED = 1;
const INSISTED = 1.9;

const client = (client_id, more = {}) => ({
  client_id,
  application_type: "native",
  redirect_uris: ["http://127.0.0.1/callback", "http://[::1]/callback"],
  grant_types: ["authorization_code", DEVICE],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
  ...more,
});
const secret = { client_secret: "a secret of the tests, long enough for HS256", token_endpoint_auth_method: "client_secret_basic" };

// Who signs in is what was typed as login: an address, with what is special about the account before a plus sign.
function account(login) {
  const [special, address] = login.includes("+") ? login.split("+", 2) : ["", login];
  if (special === "nomail") return { sub: login };
  if (special === "silent") return { sub: login, email: address };
  return { sub: login, email: address, email_verified: special !== "unverified" };
}

// Outlives a change of keys: codes and sign-ins that are under way go on.
const adapter = createMemoryAdapter(60);
const ec = newKey("ec", { namedCurve: "P-256" });

// By way of PEM: where Node 20 collects garbage while it exports a key that it has just generated, the job that made
// the key waits for a lock that the export holds, for ever.
function newKey(type, options) {
  const privateKeyEncoding = { type: "pkcs8", format: "pem" };
  const { privateKey } = generateKeyPairSync(type, { ...options, privateKeyEncoding });
  return createPrivateKey(privateKey).export({ format: "jwk" });
}

// A provider that signs by RS256 with a new key of this id.
function signingWith(issuer, kid) {
  const provider = new Provider(issuer, {
    adapter,
    clients: [
      client("waymark"),
      client("waymark-confidential", secret),
      client("waymark-es256", { id_token_signed_response_alg: "ES256" }),
      client("waymark-hs256", { ...secret, id_token_signed_response_alg: "HS256" }),
      client("waymark-hasty"),
      client("somebody-else"),
    ],
    jwks: {
      keys: [
        { ...newKey("rsa", { modulusLength: 2048 }), use: "sig", alg: "RS256", kid },
        { ...ec, use: "sig", alg: "ES256", kid: "ec" },
      ],
    },
    cookies: { keys: ["of these tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { deviceFlow: { enabled: true }, devInteractions: { enabled: true } },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256", "HS256"] },
    pkce: { required: () => true },
    ttl: { DeviceCode: (_ctx, _code, { clientId }) => (clientId === "waymark-hasty" ? 1 : 600) },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...account(id), name: id }) }),
  });
  provider.use(pausing);
  return provider.callback();
}

// What oidc-provider leaves to whoever runs it: how often a device may ask.
const polls = new Map();
async function pausing(ctx, next) {
  await next();
  const { route, params } = ctx.oidc ?? {};
  if (route === "device_authorization" && ctx.status === 200) {
    ctx.body = { ...ctx.body, interval: ADVERTISED };
  }
  if (route === "token" && params?.grant_type === DEVICE && ctx.body?.error === "authorization_pending") {
    const [now, before] = [performance.now(), polls.get(params.device_code)];
    polls.set(params.device_code, now);
    if (before !== undefined && now - before < INSISTED * 1000) {
      const error = new errors.SlowDown();
      console.log("SLOWED");
      ctx.status = error.statusCode;
      ctx.body = { error: error.error, error_description: error.error_description };
    }
  }
}

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  let answer = signingWith(issuer, "rsa");
  server.on("request", (...asked) => answer(...asked));
  console.log(`READY ${issuer}`);

  const clock = Date.now;
  let ahead = 0;
  Date.now = () => clock() + ahead;
  const commands = createInterface({ input: process.stdin });
  commands.on("line", (line) => {
    const [word, value] = line.split(" ");
    if (word === "KEY") answer = signingWith(issuer, value);
    else if (word === "LATER") ahead += Number(value) * 1000;
    else throw new Error(`unknown command ${line}`);
    console.log("DONE");
  });
  commands.on("close", () => process.exit(0));
});
