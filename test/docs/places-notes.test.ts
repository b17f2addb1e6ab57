import t from 'tap';
import { Decimal } from '../../src/domain/decimal.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { intensities } from '../../src/domain/places/intensity.ts';
import { meanFloorAreaM2 } from '../../src/domain/places/place-cells.ts';
import { partsOf, readNote } from '../support/note.ts';

const AREA = /^([\d.]+) m2 (since ever|from (\S+))$/;

t.test('floor areas over a period come to what the page on places says (rule K)', async (t) => {
  const examples = readNote('places').lines('area');
  t.equal(examples.length, 3);
  for (const line of examples) {
    const [left = '', stated] = partsOf(line, /^(.+) = (\S+)$/);
    const words = left.split(', ');
    const areas = words.slice(0, -1).map((word) => {
      const [area, , from] = partsOf(word, AREA);
      return { from: from === '' ? null : (from ?? null), areaM2: Number(area) };
    });
    t.equal(meanFloorAreaM2(areas, parsePeriod(words.at(-1) ?? ''))?.toFixed(2) ?? 'none', stated, line);
  }
});

const SITE = /^(\w+) (\d+) kWh (?:([\d.]+) missing )?(\d+) m2$/;

t.test('energy per square metre comes to what the page on places says (rule K)', async (t) => {
  const examples = readNote('places').lines('intensity');
  t.equal(examples.length, 2);
  for (const line of examples) {
    const [left = '', stated] = partsOf(line, /^(.+) = (.+)$/);
    const figures = left.split(', ').map((words) => {
      const [site = '', kWh = '', missing, area] = partsOf(words, SITE);
      const energyKwh = new Decimal(kWh);
      const whole = { incomplete: false, wholePeriod: true, kgCo2e: energyKwh, category: 'library' };
      return { site, energyKwh, floorAreaM2: Number(area), missing: Number(missing ?? 0), ...whole };
    });
    const { sites, categories } = intensities(figures, new Decimal('0.05'));
    const texts = sites.map(({ site, kWhPerM2, energyRank, notRanked }) => {
      const rank = energyRank === null ? notRanked : `${energyRank.place} of ${energyRank.of}`;
      return `${site} ${kWhPerM2?.toFixed(3)} ${rank}`;
    });
    const [library] = categories;
    texts.push(`together ${library?.kWhPerM2.toFixed(3)}`, `median ${library?.medianKWhPerM2.toFixed(3)}`);
    t.equal(texts.join(', '), stated, line);
  }
});
