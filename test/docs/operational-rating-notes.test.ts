import t from 'tap';
import type { Activity } from '../../src/domain/activities.ts';
import { standingOn } from '../../src/domain/buildings/certificate.ts';
import { DISPLAY_ENERGY_SETTINGS } from '../../src/domain/buildings/display-energy-settings.ts';
import { bandOf, fixedFactorOf, rateBuilding } from '../../src/domain/buildings/operational-rating.ts';
import { RATING_REFUSALS } from '../../src/domain/buildings/rate-site.ts';
import { Decimal } from '../../src/domain/decimal.ts';
import { withDefaults } from '../../src/domain/setting-table.ts';
import { partsOf, readNote } from '../support/note.ts';

const note = readNote('operational-rating');

t.test('buildings are rated as the page on operational ratings says (rule J)', async (t) => {
  const examples = note.lines('rating');
  t.equal(examples.length, 5);
  for (const line of examples) {
    const [area, fuels = '', electricity = '', fossilThermal = '', stated] = partsOf(
      line,
      /^(\d+) m2, (.+), typical (\d+) and (\d+) = (\d+ [A-G])$/,
    );
    const energy = fuels.split(', ').map((words) => {
      const [activity, kWh = '', own = ''] = partsOf(words, /^([a-z-]+) (\d+) kWh(?: at ([\d.]+))?$/);
      const fixed = fixedFactorOf(activity as Activity);
      const factor = fixed ?? { kgCo2PerKwh: new Decimal(own), source: 'operator' as const, stated: 'the page' };
      return { activity: activity as Activity, energyKwh: new Decimal(kWh), factor };
    });
    const use = { electricityKwhPerM2: new Decimal(electricity), fossilThermalKwhPerM2: new Decimal(fossilThermal) };
    const { rating, band } = rateBuilding(energy, Number(area), use);
    t.equal(`${rating} ${band}`, stated, line);
  }
});

t.test('bands are those of the page', async (t) => {
  const examples = note.lines('band').flatMap((line) => line.split(', '));
  t.equal(examples.length, 14);
  for (const example of examples) {
    const [rating, band] = partsOf(example, /^(\d+) ([A-G])$/);
    t.equal(bandOf(Number(rating)), band, example);
  }
});

t.test('a rating of exactly a half is rounded up, and never twice', async (t) => {
  const use = { electricityKwhPerM2: new Decimal(200), fossilThermalKwhPerM2: new Decimal(0) };
  const rated = (kWh: string) =>
    rateBuilding(
      [{ activity: 'electricity', energyKwh: new Decimal(kWh), factor: { ...gas, kgCo2PerKwh: new Decimal('0.55') } }],
      1,
      use,
    ).rating;
  const gas = { source: 'method' as const, stated: null };
  t.equal(rated('51'), 26, '25.5');
  t.equal(rated('50.9999'), 25, '25.49995');
});

t.test('certificates and reports are valid as long as the page says', async (t) => {
  const examples = note.lines('validity');
  t.equal(examples.length, 5);
  for (const line of examples) {
    const [kind, area, day = '', until] = partsOf(line, /^(dec|advisory-report), (\d+) m2, from (\S+) = until (\S+)$/);
    const plain = { rrn: '', site: 'S', floorAreaM2: Number(area), validUntil: null, note: null, issuedOn: day };
    const certificate =
      kind === 'dec'
        ? { ...plain, kind: 'dec' as const, nominatedOn: day, rating: 100 }
        : { ...plain, kind: 'advisory-report' as const, nominatedOn: null, rating: null };
    t.equal(standingOn(certificate, withDefaults(DISPLAY_ENERGY_SETTINGS), '2026-11-22').validUntil, until, line);
  }
});

t.test('every reason that a rating can be refused for is on the page, and no other', async (t) => {
  const listed = [...note.text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  t.strictSame(listed, [...RATING_REFUSALS]);
});
