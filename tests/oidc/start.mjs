// A real OpenID provider (npm's oidc-provider) for the tests of signing in: on a free port of this machine, with its
// own development forms, until standard input closes.
//
// Usage: node start.mjs FOLDER-OF-OIDC-PROVIDER

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { default: Provider, errors } = await import(pathToFileURL(join(process.argv[2], "lib/index.js")).href);

const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
// Seconds between two polls: what is advertised, and what is insisted on. They differ so that a client that keeps
// to the advertised one hears `slow_down`.
const ADVERTISED = 1;
const INSISTED = 1.9;

const client = (client_id, more = {}) => ({
  client_id,
  application_type: "native",
  redirect_uris: ["http://127.0.0.1/callback"],
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
  return { sub: login, email: address, email_verified: special !== "unverified" };
}

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const provider = new Provider(issuer, {
    clients: [
      client("waymark"),
      client("waymark-confidential", secret),
      client("waymark-es256", { id_token_signed_response_alg: "ES256" }),
      client("waymark-hs256", { ...secret, id_token_signed_response_alg: "HS256" }),
      client("somebody-else"),
    ],
    jwks: {
      keys: [
        { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "rsa" },
        { ...ec.export({ format: "jwk" }), use: "sig", alg: "ES256", kid: "ec" },
      ],
    },
    cookies: { keys: ["of these tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { deviceFlow: { enabled: true }, devInteractions: { enabled: true } },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256", "HS256"] },
    pkce: { required: () => true },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...account(id), name: id }) }),
  });

  // What oidc-provider leaves to whoever runs it: how often a device may ask.
  const polls = new Map();
  provider.use(async (ctx, next) => {
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
  });

  server.on("request", provider.callback());
  console.log(`READY ${issuer}`);
});

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
