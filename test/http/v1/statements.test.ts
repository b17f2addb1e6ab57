import { createHash } from 'node:crypto';
import t from 'tap';
import { canonicalJson } from '../../../src/domain/canonical-json.ts';
import { testApp } from '../../support/app.ts';
import { writeReadings } from '../../support/estate.ts';
import { APPROVAL, DRAFT, sendStatement, writeStatementEstate } from '../../support/statements.ts';

const service = await testApp(t);
const { send, database } = service;
await writeStatementEstate(service);

const post = (path: string, body: object) => send('POST', `/v1/statements${path}`, { body });
const draft = await sendStatement(service, 'POST', '', { ...DRAFT, target: null });

t.test('a draft is the whole statement as it would be published, with what stands against that', async (t) => {
  t.match(draft, { version: 1, status: 'draft', digest: null, content: { title: DRAFT.title, approval: null } });
  t.match(draft.blockers, [{ code: 'coverage-under-floor', overridable: true, detail: /is missing, of 5 % allowed/ }]);
  t.match(draft.content, {
    organisation: String,
    methods: { factorPolicy: 'reporting-year', gwp: 'AR5', editions: [{ set: 'uk-2024', gwp: 'AR5' }] },
    intensity: { sites: 2, floorAreaM2: '1000', withoutFloorArea: { sites: 0 }, withoutFigure: { sites: 0 } },
    question: { period: '2024/25', factors: 'reporting-year', basis: 'both' },
    quantities: [
      { activity: 'electricity', quantity: '13000', measured: '13000', estimated: '0' },
      { activity: 'natural-gas', quantity: '28000', apportioned: '0' },
    ],
    dataQuality: { coverage: { apportioned: 0 }, unresolved: { conflicts: 0, checks: [] } },
  });
});

t.test('publishing is refused, naming what stands against it, until it is overridden with a reason', async (t) => {
  const refused = await post(`/${draft.id}/publish`, APPROVAL);
  t.match(refused.json(), {
    status: 422,
    type: /statement-not-publishable$/,
    errors: [{ pointer: '/overrides', code: 'coverage-under-floor' }],
  });
});

t.test('a mixed choice of well-to-tank lines and a year that runs cannot be overridden', async (t) => {
  const mixed = await sendStatement(service, 'POST', '', {
    ...DRAFT,
    reportedLines: ['generation', 'combustion', 'wtt'],
  });
  t.match(mixed.blockers, [{}, { code: 'mixed-wtt', overridable: false }]);
  const overrides = [
    { blocker: 'mixed-wtt', reason: 'Habit.' },
    { blocker: 'coverage-under-floor', reason: 'Disputed.' },
  ];
  const refused = await post(`/${mixed.id}/publish`, { ...APPROVAL, overrides });
  t.match(refused.json(), { status: 422, errors: [{ code: 'mixed-wtt' }] });
  t.equal(refused.json().errors.length, 1);
  const running = await sendStatement(service, 'POST', '', { ...DRAFT, period: '2026/27' });
  t.ok(running.blockers.some(({ code, overridable }) => code === 'not-over' && !overridable));
  t.equal((await send('DELETE', `/v1/statements/${mixed.id}`)).statusCode, 204);
});

t.test('a policy has no default, and one set for every day is none', async (t) => {
  const { policy: _policy, ...without } = DRAFT;
  t.match((await post('', without)).json(), { status: 400, errors: [{ pointer: '/policy' }] });
  t.match((await post('', { ...DRAFT, policy: '2019' })).json(), { status: 400, errors: [{ pointer: '/policy' }] });
  t.match((await post('', { ...DRAFT, period: '2024-25' })).json(), { status: 400, errors: [{ pointer: '/period' }] });
  t.match((await post('', { ...DRAFT, comparatives: ['99999'] })).json(), { status: 404, type: /unknown-statement$/ });
});

t.test('a draft can be revised; what was published cannot be, by request or by hand', async (t) => {
  const revised = await sendStatement(service, 'PUT', `/${draft.id}`, {
    ...DRAFT,
    title: 'Statement <2024/25> & more',
  });
  t.equal(revised.content.title, 'Statement <2024/25> & more');
  const overrides = [{ blocker: 'coverage-under-floor', reason: 'The invoice for G2 is disputed.' }];
  const published = await sendStatement(service, 'POST', `/${draft.id}/publish`, { ...APPROVAL, overrides });
  t.match(published, { status: 'published', blockers: [], content: { approval: { name: 'A. Example' }, overrides } });
  const text = canonicalJson(published.content as never);
  t.equal(createHash('sha256').update(text).digest('hex'), published.digest);

  t.equal((await send('PUT', `/v1/statements/${draft.id}`, { body: DRAFT })).statusCode, 409);
  t.equal((await send('DELETE', `/v1/statements/${draft.id}`)).statusCode, 409);
  t.equal((await post(`/${draft.id}/publish`, { ...APPROVAL, overrides })).statusCode, 409);
  for (const statement of [
    `update statement set content = replace(content, '2024', '2025') where id = ${draft.id}`,
    `update statement set status = 'draft' where id = ${draft.id}`,
    `update statement set digest = digest, draft = '{}' where id = ${draft.id}`,
    `delete from statement where id = ${draft.id}`,
  ])
    await t.rejects(database.pool.query(statement), /never altered or removed|violates/, statement);
  t.strictSame(await sendStatement(service, 'GET', `/${draft.id}`), published);
});

t.test('a later version supersedes, once; it is told from the one before', async (t) => {
  await writeReadings(service, [{ meter: 'G2', period: '2024-12-01/2025-04-01', quantity: 2000 }]);
  const second = await sendStatement(service, 'POST', '', { ...DRAFT, supersedes: draft.id });
  t.match(second, { version: 2, supersedes: draft.id, blockers: [] });
  const rival = await sendStatement(service, 'POST', '', { ...DRAFT, supersedes: draft.id });
  const published = await sendStatement(service, 'POST', `/${second.id}/publish`, APPROVAL);
  t.match(published, { status: 'published', version: 2, content: { statement: { supersedes: draft.id } } });
  t.match(await sendStatement(service, 'GET', `/${draft.id}`), { status: 'superseded' });
  t.equal((await post(`/${rival.id}/publish`, APPROVAL)).statusCode, 409);
  t.equal((await post('', { ...DRAFT, supersedes: draft.id })).statusCode, 409);
  const withdrawn = await sendStatement(service, 'POST', `/${second.id}/withdraw`, { reason: 'G2 was counted twice.' });
  t.match(withdrawn, { status: 'withdrawn', endReason: 'G2 was counted twice.', digest: published.digest });
  t.equal((await post(`/${second.id}/withdraw`, { reason: 'Again.' })).statusCode, 409);
});

t.test('a site that may not be named stands in a row without its name', async (t) => {
  await send('PUT', '/v1/sites/T', { body: { name: 'Refuge', disclosure: 'totals-only' } });
  const hidden = await sendStatement(service, 'POST', '', DRAFT);
  t.notMatch(JSON.stringify(hidden.content), /Refuge/);
  t.match(hidden.content.bySite, [{ site: 'S' }, { site: 'sites not named' }]);
});

t.test('the page escapes what was written, loads nothing, and prints the rounded figures', async (t) => {
  const page = await send('GET', `/v1/statements/${draft.id}/page`, { headers: { accept: 'text/html' } });
  t.equal(page.statusCode, 200, page.body);
  t.match(page.headers, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': /default-src 'none'/,
  });
  t.match(page.body, '<h1>Statement &lt;2024/25&gt; &amp; more</h1>');
  t.match(page.body, /<html lang="en-GB">/);
  t.match(page.body, '5.121</td>', 'scope 1 in tonnes');
  t.match(page.body, '0.0005 × (n + 1)');
  t.match(page.body, 'The invoice for G2 is disputed.');
  t.notMatch(page.body, /(src|href)=|@import|url\(|−0\.000|undefined|NaN|\[object/);
});

t.test('as CSV every value is a row; the list goes page by page', async (t) => {
  const csv = await send('GET', `/v1/statements/${draft.id}`, { headers: { accept: 'text/csv' } });
  t.match(csv.body, /^section,name,member,value\r\n/);
  t.match(csv.body, /totals,scope1,kgCo2e,5121\.200/);
  type List = { data: { id: string }[]; page: { nextCursor?: string } };
  const first = await sendStatement<List>(service, 'GET', '?limit=2');
  const rest = await sendStatement<List>(service, 'GET', `?limit=2&cursor=${first.page.nextCursor}`);
  const ids = [...first.data, ...rest.data].map(({ id }) => Number(id));
  t.strictSame(
    ids,
    [...ids].sort((a, b) => b - a),
  );
  const superseded = await sendStatement<List>(service, 'GET', '?status=superseded');
  t.strictSame(
    superseded.data.map(({ id }) => id),
    [draft.id],
  );
  t.equal((await send('GET', '/v1/statements/99999')).statusCode, 404);
});

t.test('the consolidation approach is that of the settings, with its days; an author cannot say another', async (t) => {
  t.strictSame(draft.content.consolidation, [
    { approach: 'operational-control', from: '2024-04-01', to: '2025-04-01' },
  ]);
  const stated = await post('', { ...DRAFT, consolidationApproach: 'financial-control' });
  t.match(stated.json(), { status: 400, errors: [{ pointer: '/consolidationApproach' }] });
  const { consolidationApproach: _approach, ...settings } = (await send('GET', '/v1/settings')).json();
  const consolidationApproaches = [
    { approach: 'operational-control' },
    { approach: 'financial-control', from: '2024-10-01' },
  ];
  t.equal((await send('PUT', '/v1/settings', { body: { ...settings, consolidationApproaches } })).statusCode, 200);
  const changed = await sendStatement(service, 'POST', '', DRAFT);
  t.strictSame(changed.content.consolidation, [
    { approach: 'operational-control', from: '2024-04-01', to: '2024-10-01' },
    { approach: 'financial-control', from: '2024-10-01', to: '2025-04-01' },
  ]);
  const page = await send('GET', `/v1/statements/${changed.id}/page`, { headers: { accept: 'text/html' } });
  t.match(
    page.body,
    'operational-control from 2024-04-01 to 2024-10-01, end exclusive; financial-control from 2024-10-01',
  );
});
