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
