import t from 'tap';
import { parsePeriod } from '../../src/domain/period.ts';
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
      return { from: from ?? null, areaM2: Number(area) };
    });
    t.equal(meanFloorAreaM2(areas, parsePeriod(words.at(-1) ?? ''))?.toFixed(2) ?? 'none', stated, line);
  }
});
