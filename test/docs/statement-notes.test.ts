import t from 'tap';
import { Decimal } from '../../src/domain/decimal.ts';
import { lengthDays } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { intensityOf, type SiteArea } from '../../src/domain/statements/intensity.ts';
import { partsOf, readNote } from '../support/note.ts';

const PERIOD = parsePeriod('2024/25');
const SITE = /^[A-D] (?:no data|(\d+) kg(?: until (\S+))?)(?:, (.*))?$/;
const AREA = /^(\d+) m2(?: from (\S+))?$/;

function siteOf(line: string): SiteArea {
  const [kg, until, areas] = partsOf(line, SITE);
  const days = { start: PERIOD.start, end: until || PERIOD.end };
  return {
    kg: kg === '' ? null : new Decimal(kg ?? ''),
    boundary: [days],
    counted: kg === '' ? [] : [days],
    areas: (areas === '' ? [] : (areas ?? '').split(', ')).map((text) => {
      const [areaM2 = '', from] = partsOf(text, AREA);
      return { from: from || null, areaM2: new Decimal(areaM2) };
    }),
  };
}

type Intensity = {
  floorAreaM2: string;
  kgCo2ePerM2: string;
  withoutFloorArea: { sites: number; kgCo2e: string };
  withoutFigure: { sites: number; floorAreaM2: string };
};

t.test('the intensity of the worked example comes to what the page says (rule I1)', async (t) => {
  const lines = readNote('statements').lines('intensity');
  const stated = lines.filter((line) => line.includes(' = '));
  const sites = lines.filter((line) => !line.includes(' = ')).map(siteOf);
  t.equal(stated.length, 4);
  t.equal(sites.length, 4);
  const found = intensityOf(sites, lengthDays(PERIOD)) as Intensity;
  const { withoutFloorArea: noArea, withoutFigure: noFigure } = found;
  t.strictSame(stated, [
    `floorAreaM2 = ${found.floorAreaM2}`,
    `kgCo2ePerM2 = ${found.kgCo2ePerM2}`,
    `withoutFloorArea = ${noArea.sites} site, ${noArea.kgCo2e} kg`,
    `withoutFigure = ${noFigure.sites} site, ${noFigure.floorAreaM2} m2`,
  ]);
});

t.test(
  'floor area of days in the boundary without a figure is told, also of a site that has one on others',
  async (t) => {
    const areas = [{ from: null, areaM2: new Decimal(365) }];
    const half = { start: PERIOD.start, end: '2024-10-01' };
    const site: SiteArea = { kg: new Decimal(183), boundary: [PERIOD], counted: [half], areas };
    t.match(intensityOf([site], 365), {
      floorAreaM2: '183',
      kgCo2ePerM2: '1.000',
      withoutFigure: { sites: 1, floorAreaM2: '182' },
    });
  },
);

t.test('without any floor area there is no ratio', async (t) => {
  const site: SiteArea = { kg: new Decimal(5), boundary: [PERIOD], counted: [PERIOD], areas: [] };
  t.match(intensityOf([site], 365), { kgCo2ePerM2: null, withoutFloorArea: { sites: 1, kgCo2e: '5.000' } });
});
