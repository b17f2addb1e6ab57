import t from 'tap';
import { testApp } from '../../support/app.ts';

const { send } = await testApp(t);

const SITES = [
  ['a-1', { name: 'Ålborg House', category: 'office', ward: 'Foleshill', portfolio: 'corporate' }],
  ['B-1', { name: '=SUM(A1)', category: 'school', ward: 'Foleshill', portfolio: 'schools' }],
  ['B-2', { name: '100% Leisure', category: 'leisure-centre', postcode: 'CV1 5RR' }],
  ['Z_9', { name: 'Depot', category: 'depot' }],
] as const;
for (const [key, body] of SITES) await send('PUT', `/v1/sites/${key}`, { body });

async function keys(query: string): Promise<string[]> {
  const response = await send('GET', `/v1/sites${query}`, { scope: 'read' });
  return (response.json() as { data: { key: string }[] }).data.map(({ key }) => key);
}

t.test('sites are listed by key in byte order', async (t) => {
  t.strictSame(await keys(''), ['B-1', 'B-2', 'Z_9', 'a-1']);
});

t.test('filters narrow, together', async (t) => {
  t.strictSame(await keys('?category=school'), ['B-1']);
  t.strictSame(await keys('?ward=Foleshill'), ['B-1', 'a-1']);
  t.strictSame(await keys('?ward=Foleshill&portfolio=corporate'), ['a-1']);
  t.strictSame(await keys('?category=none-such'), []);
});

t.test('the search looks literally, in any case, at key, name and postcode', async (t) => {
  t.strictSame(await keys('?q=hOUSE'), ['a-1']);
  t.strictSame(await keys('?q=%25'), ['B-2'], 'a percent sign is itself');
  t.strictSame(await keys('?q=_'), ['Z_9'], 'so is an underscore');
  t.strictSame(await keys('?q=cv1%205rr'), ['B-2']);
  t.strictSame(await keys('?q=cv15rr'), ['B-2']);
  t.strictSame(await keys('?q=%5C'), [], 'and a backslash');
});

t.test('following nextCursor gives every site once', async (t) => {
  const seen: string[] = [];
  let url = '/v1/sites?limit=1';
  for (let page = 0; page < 10; page++) {
    const body = (await send('GET', url)).json() as { data: { key: string }[]; page: { nextCursor?: string } };
    seen.push(...body.data.map(({ key }) => key));
    if (body.page.nextCursor === undefined) break;
    url = `/v1/sites?limit=1&cursor=${body.page.nextCursor}`;
  }
  t.strictSame(seen, ['B-1', 'B-2', 'Z_9', 'a-1']);
});

t.test('400: a cursor is only good for the filters it was made with, and only as it was given', async (t) => {
  const { page } = (await send('GET', '/v1/sites?limit=1&ward=Foleshill')).json() as { page: { nextCursor: string } };
  t.equal((await send('GET', `/v1/sites?limit=1&ward=Foleshill&cursor=${page.nextCursor}`)).statusCode, 200);
  for (const query of [
    `limit=1&cursor=${page.nextCursor}`,
    'cursor=bm9uZQ',
    `ward=Foleshill&cursor=${page.nextCursor}A`,
    'cursor=W10',
  ]) {
    const response = await send('GET', `/v1/sites?${query}`);
    t.equal(response.statusCode, 400, query);
    t.match(response.json(), { type: 'urn:council-carbon:problem:invalid-cursor' });
  }
});

t.test('CSV has the same rows, a header always, and no cell that a spreadsheet would run', async (t) => {
  const csv = await send('GET', '/v1/sites', { headers: { accept: 'text/csv' } });
  t.equal(csv.statusCode, 200);
  t.match(csv.headers['content-type'], /^text\/csv; charset=utf-8/);
  const lines = csv.body.split('\r\n');
  t.match(lines[0], /^key,name,uprn,postcode/);
  t.match(lines[1], /^B-1,'=SUM\(A1\),/);
  t.equal(lines.length, 1 + SITES.length + 1);
  const empty = await send('GET', '/v1/sites?category=none-such', { headers: { accept: 'text/csv' } });
  t.match(empty.body, /^key,name[^\r\n]*\r\n$/);
});

t.test('CSV tells the next page in the Link header', async (t) => {
  const csv = await send('GET', '/v1/sites?limit=3', { headers: { accept: 'text/csv' } });
  const next = /^<([^>]+)>; rel="next"$/.exec(String(csv.headers.link))?.[1] ?? '';
  t.match((await send('GET', next, { headers: { accept: 'text/csv' } })).body, /\r\na-1,/);
});

t.test('406: a format that is not offered is refused, and the choice is named', async (t) => {
  const xml = await send('GET', '/v1/sites', { headers: { accept: 'application/xml' } });
  t.equal(xml.statusCode, 406);
  t.match(xml.json(), { detail: /application\/json or text\/csv/ });
  t.equal((await send('GET', '/v1/sites/B-1', { headers: { accept: 'text/csv' } })).statusCode, 406);
  for (const accept of ['*/*', 'application/*', 'text/html, */*;q=0.1', 'text/csv;q=0.2, application/json'])
    t.match(
      (await send('GET', '/v1/sites', { headers: { accept } })).headers['content-type'],
      /^application\/json/,
      accept,
    );
  t.match(
    (await send('GET', '/v1/sites', { headers: { accept: 'text/csv, application/json;q=0.9' } })).headers[
      'content-type'
    ],
    /^text\/csv/,
  );
});
