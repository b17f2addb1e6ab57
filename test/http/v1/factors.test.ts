import t from 'tap';
import { testApp } from '../../support/app.ts';

const { send } = await testApp(t);

t.test('factor sets are listed by year, with version, source and licence', async (t) => {
  const { data } = (await send('GET', '/v1/factor-sets', { scope: 'read' })).json() as {
    data: { id: string; year: number }[];
  };
  t.match(
    data.find(({ id }) => id === 'uk-2019'),
    { version: '1.03', active: true, licence: /Open Government/i },
  );
  t.strictSame(
    data.map(({ year }) => year),
    data.map(({ year }) => year).toSorted((a, b) => a - b),
  );
});

t.test('publishedBy keeps what was certainly out by that day', async (t) => {
  const { data } = (await send('GET', '/v1/factor-sets?publishedBy=2019-12-31')).json() as { data: { year: number }[] };
  t.ok(data.every(({ year }) => year <= 2019));
  t.equal((await send('GET', '/v1/factor-sets?publishedBy=2019')).statusCode, 400);
});

t.test('a factor is the stored number of the official file', async (t) => {
  const { data } = (await send('GET', '/v1/factors?set=2023&activity=electricity&scope=2')).json() as {
    data: { kgCo2e: number }[];
  };
  t.ok(data.some(({ kgCo2e }) => kgCo2e === 0.2070742886));
});

t.test('following nextCursor gives every factor once, in JSON as in CSV', async (t) => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const url = `/v1/factors?set=2025&limit=50${cursor === undefined ? '' : `&cursor=${cursor}`}`;
    const body = (await send('GET', url)).json() as { data: { key: string }[]; page: { nextCursor?: string } };
    seen.push(...body.data.map(({ key }) => key));
    cursor = body.page.nextCursor;
  } while (cursor !== undefined && seen.length < 10_000);
  t.equal(new Set(seen).size, seen.length);
  const csv = await send('GET', '/v1/factors?set=2025&limit=500', { headers: { accept: 'text/csv' } });
  t.equal(csv.body.match(/\r\n/g)?.length, seen.length + 1);
});

t.test('400, 404: unknown activities and sets are refused by name', async (t) => {
  t.match((await send('GET', '/v1/factors?activity=coal')).json(), { status: 400, errors: [{ pointer: '?activity' }] });
  t.match((await send('GET', '/v1/factors?set=1999')).json(), { status: 404, errors: [{ pointer: '?set' }] });
  t.match((await send('GET', '/v1/factors?set=uk-2019%00')).json(), { status: 400 });
});

t.test('401 and 403: factors are read with a key that may read', async (t) => {
  t.equal((await send('GET', '/v1/factors', { scope: null })).statusCode, 401);
  t.equal((await send('GET', '/v1/factor-sets', { scope: 'write-estate' })).statusCode, 403);
});
