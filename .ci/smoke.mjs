// Asks a running service what an operator would first: node .ci/smoke.mjs ADDRESS ADMIN_KEY write|read
import assert from 'node:assert/strict';

const [address, key, mode] = process.argv.slice(2);
const site = { name: 'Smoke test', postcode: 'CV1 5RR', floorAreaM2: 100 };

async function ask(path, { method = 'GET', body, authorization = `Bearer ${key}` } = {}) {
  const headers = { ...(authorization && { authorization }), ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(`${address}${path}`, { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

assert.deepEqual((await ask('/health/ready', { authorization: '' })).status, 200);
assert.equal((await ask('/v1/sites', { authorization: '' })).status, 401);
assert.equal((await ask('/openapi.json', { authorization: '' })).body.openapi, '3.1.0');
if (mode === 'write') assert.equal((await ask('/v1/sites/SMOKE', { method: 'PUT', body: site })).status, 201);
const { status, body } = await ask('/v1/sites/SMOKE');
assert.equal(status, 200);
assert.equal(body.name, site.name);
assert.equal((await ask('/v1/factor-sets')).status, 200);
console.log(`The service at ${address} answers, and has the site that was written.`);
