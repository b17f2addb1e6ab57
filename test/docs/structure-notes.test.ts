import t from 'tap';
import { answeredTotal } from '../../src/domain/figure-answer.ts';
import { answerFigure } from '../../src/services/figures/answer-figure.ts';
import { memoryDeps } from '../support/memory-deps.ts';
import { estateOf, placedTenant } from '../support/memory-estate.ts';
import { questionOf } from '../support/memory-figure.ts';
import { billedDays } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';

const PERIOD = '2025/26';

t.test('a tenant behind a main meter comes to what the page on structure says (rule D3)', async (t) => {
  const examples = readNote('structure').lines('split');
  t.equal(examples.length, 3);
  const tenancies = [placedTenant('Market Café')];
  const estate = estateOf([
    { key: 'MAIN', from: '2020-01-01' },
    { key: 'SUB', from: '2020-01-01', parentKey: 'MAIN', tenancies },
  ]);
  for (const line of examples) {
    const [main = '', sub = '', stated] = partsOf(line, /^main (\d+), sub (\d+) = (.+)$/);
    const days = billedDays(estate, [
      { meter: 'MAIN', period: PERIOD, quantity: main },
      { meter: 'SUB', period: PERIOD, quantity: sub },
    ]);
    const question = questionOf({ period: PERIOD, lines: ['generation'] });
    const { figure, today } = await answerFigure(memoryDeps(estate, days), question);
    const kg = answeredTotal(figure, question.period, today).emissionsKgCo2e;
    const let13 = kg?.scope3ByCategory.find(({ category }) => category === 13)?.kgCo2e ?? 0;
    t.equal(
      `scope2 ${kg?.scope2.toFixed(3)}, category 13 ${let13.toFixed(3)}, sum ${kg?.total.toFixed(3)}`,
      stated,
      line,
    );
  }
});

t.test('tenants without a meter come to what the page on structure says (rule D3)', async (t) => {
  const [box] = readNote('structure').boxes('floor');
  t.equal(box?.lines.length, 4);
  const [area = ''] = partsOf(box?.words ?? '', /^site (\d+) m2$/);
  const sites = [{ key: 'S', floorAreas: [{ from: null, areaM2: Number(area) }] }];
  for (const line of box?.lines ?? []) {
    const pattern = /^main (\d+)(?:, sub (\d+))?, tenant ([\d.]+)( m2)?(?: from (\S+))? = (.+)$/;
    const [main = '', sub = '', size = '', isArea, from, stated] = partsOf(line, pattern);
    const part = isArea === '' ? { share: Number(size) } : { floorAreaM2: Number(size) };
    const sharing = placedTenant('Charity', { ...part, from: from === '' ? null : (from ?? null) });
    const estate = estateOf(
      [
        { key: 'MAIN', from: '2020-01-01', tenancies: [sharing] },
        { key: 'SUB', from: '2020-01-01', parentKey: 'MAIN', tenancies: sub === '' ? [] : [placedTenant('Café')] },
      ],
      sites,
    );
    const days = billedDays(estate, [
      { meter: 'MAIN', period: PERIOD, quantity: main },
      { meter: 'SUB', period: PERIOD, quantity: sub === '' ? '0' : sub },
    ]);
    const question = questionOf({ period: PERIOD, lines: ['generation'] });
    const { figure, today } = await answerFigure(memoryDeps(estate, days), question);
    const { emissionsKgCo2e: kg, coverage } = answeredTotal(figure, question.period, today);
    const let13 = kg?.scope3ByCategory.find(({ category }) => category === 13)?.kgCo2e ?? 0;
    const found = `scope2 ${kg?.scope2.toFixed(3)}, category 13 ${let13.toFixed(3)}, sum ${kg?.total.toFixed(3)}`;
    t.equal(`${found}, estimated ${coverage?.estimated}`, stated, line);
  }
});
