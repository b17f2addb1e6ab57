import t from 'tap';
import { demoEstate } from '../../../scripts/demo/demo-estate.ts';
import { DEMO_BENCHMARKS, DEMO_CERTIFICATES } from '../../../scripts/demo/display-energy.ts';
import { siteBody } from '../../../scripts/demo/site-body.ts';
import { SITE_KINDS } from '../../../scripts/demo/site-kinds.ts';
import { ACTIVITY_UNITS } from '../../../src/domain/activities.ts';
import { isMpanCore } from '../../../src/domain/identifiers/mpan.ts';
import { hasMprnCheckDigits } from '../../../src/domain/identifiers/mprn.ts';
import { normalisePostcode } from '../../../src/domain/identifiers/postcode.ts';
import { parseSpid } from '../../../src/domain/identifiers/spid.ts';

const { sites, meters } = demoEstate();

t.test('the estate has at least forty sites, and every kind of site and of supply is among them', async (t) => {
  t.ok(sites.length >= 40, `${sites.length} sites`);
  t.strictSame(new Set(sites.map(({ kind }) => kind)), new Set(Object.keys(SITE_KINDS)));
  const portfolios = new Set(sites.map(({ portfolio }) => portfolio));
  t.strictSame(portfolios, new Set(['corporate', 'schools', 'leisure', 'street-lighting']));
  const activities = new Set(meters.map(({ body }) => body.activity));
  const expected = ['electricity', 'natural-gas', 'district-heat', 'wood-pellets', 'gas-oil', 'water'];
  t.strictSame(activities, new Set(expected));
  t.strictSame(
    new Set(meters.map(({ body }) => body.direction ?? 'import')),
    new Set(['import', 'generation', 'export']),
  );
  const resolutions = new Set(meters.map(({ data }) => (data.kind === 'interval' ? data.resolutionMinutes : 'billed')));
  t.strictSame(resolutions, new Set([30, 60, 1440, 'billed']));
});

t.test('benchmarks say that they are invented, and certificates are of buildings that the public visits', async (t) => {
  t.match(DEMO_BENCHMARKS.source, /Invented/);
  t.ok(DEMO_BENCHMARKS.uses.length > 10);
  t.ok(DEMO_BENCHMARKS.uses.every(({ name }) => name.endsWith(' (synthetic)')));
  for (const { rrn, body } of DEMO_CERTIFICATES) {
    t.match(rrn, /^0000-0000-0000-0000-/);
    const site = sites.find(({ key }) => key === body.site);
    t.ok(site !== undefined && siteBody(site).visitedByPublic, body.site);
  }
});

t.test('every one of the eighteen wards of Coventry has a site', async (t) => {
  t.equal(new Set(sites.flatMap(({ ward }) => ward ?? [])).size, 18);
});

t.test('no name can be taken for a real building, and no key is used twice', async (t) => {
  t.ok(sites.every((site) => siteBody(site).name.endsWith(' (synthetic)')));
  const keys = [...sites.map(({ key }) => key), ...meters.map(({ key }) => key)];
  t.equal(new Set(keys).size, keys.length);
});

t.test('supply numbers hold their check digits and show that they are invented', async (t) => {
  const keysOf = (pattern: RegExp) => meters.map(({ key }) => key).filter((key) => pattern.test(key));
  const mpans = keysOf(/^\d{13}$/);
  t.ok(mpans.length >= sites.length);
  t.ok(mpans.every((mpan) => isMpanCore(mpan) && mpan.startsWith('149900')));
  const mprns = keysOf(/^\d{10}$/);
  t.ok(mprns.length > 20);
  t.ok(mprns.every((mprn) => hasMprnCheckDigits(mprn) && mprn.startsWith('9900')));
  const spids = keysOf(/W\d\d$/);
  t.ok(spids.length > 20);
  t.ok(spids.every((spid) => parseSpid(spid)?.service === 'water' && spid.startsWith('3990')));
});

t.test('unmetered supplies have no ward, postcode or floor; postcodes are of the right shape', async (t) => {
  const unmetered = sites.filter(({ lamps }) => lamps !== undefined);
  t.equal(unmetered.length, 3);
  for (const { key, ward, postcode, floorAreaM2 } of unmetered)
    t.strictSame([ward, postcode, floorAreaM2], [undefined, undefined, undefined], key);
  for (const { postcode } of sites)
    if (postcode !== undefined) t.ok(normalisePostcode(postcode) === postcode && /^CV[1-6] /.test(postcode), postcode);
});

t.test('each meter has a unit its activity is metered in, and its sites and parent exist', async (t) => {
  const siteKeys = new Set(sites.map(({ key }) => key));
  const meterKeys = new Set(meters.map(({ key }) => key));
  const unsound = meters.filter(
    ({ body }) =>
      !ACTIVITY_UNITS[body.activity].includes(body.unit) ||
      !body.placements.every(({ site }) => siteKeys.has(site)) ||
      (body.parent !== undefined && !meterKeys.has(body.parent)),
  );
  t.strictSame(unsound, []);
});

t.test('one site is handed over, one demolished, one built, one kept to totals, one supply moved', async (t) => {
  t.strictSame(
    sites.filter(({ control }) => control !== undefined).map(({ key }) => key),
    ['LEI-01'],
  );
  t.strictSame(sites.find(({ key }) => key === 'LIB-01')?.closed, { on: '2024-01-15', reason: 'demolished' });
  t.strictSame(sites.find(({ key }) => key === 'PRI-01')?.opened, { on: '2024-09-02', reason: 'built' });
  t.equal(sites.filter(({ disclosure }) => disclosure === 'totals-only').length, 1);
  const moved = meters.filter(({ body }) => body.placements.length > 1);
  t.strictSame(
    moved.map(({ body }) => body.placements),
    [[{ site: 'SEC-01' }, { from: '2025-04-01', site: 'LEI-02' }]],
  );
});

t.test('a smaller estate is a part of the whole, with nothing that points outside it', async (t) => {
  const small = demoEstate(7);
  t.equal(small.sites.length, 7);
  const known = new Set(small.sites.map(({ key }) => key));
  t.ok(small.meters.every(({ body }) => body.placements.every(({ site }) => known.has(site))));
  for (const { key, body } of small.meters) t.strictSame(meters.find((meter) => meter.key === key)?.body, body);
});
