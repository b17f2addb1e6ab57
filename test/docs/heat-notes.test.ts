import t from 'tap';
import type { HeatFactor } from '../../src/domain/supply/heat-network.ts';
import { estateOf } from '../support/memory-estate.ts';
import { figureOf } from '../support/memory-figure.ts';
import { billedDays } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';
import { lineTexts } from '../support/note-figures.ts';

const NETWORK = { key: 'net', name: 'Net' };
const METER = { key: 'M', from: '2015-01-01', activity: 'district-heat' as const, heatNetwork: 'net' };

/** A network's factor from what an example says of it; none for `national`. */
function factorsOf(words: string): HeatFactor[] {
  if (words === 'national') return [];
  const [at = '', value = '', share, upstream] = partsOf(
    words,
    /^(delivered|generated) ([\d.]+)(?: lossShare ([\d.]+))?( upstreamIncluded)?$/,
  );
  const factor = {
    value: Number(value),
    at: at as HeatFactor['at'],
    upstreamIncluded: upstream !== '',
    gases: 'co2e' as const,
    evidence: { description: 'A statement' },
    validFrom: '2020-04-01',
  };
  return [share === '' ? factor : { ...factor, lossShare: Number(share) }];
}

t.test('heat of a network is what its page says (rule B5)', async (t) => {
  const examples = readNote('heat-networks').lines('heat');
  t.equal(examples.length, 5);
  for (const line of examples) {
    const [words = '', stated = ''] = partsOf(line, /^(.*?) = (.+)$/);
    const network = { ...NETWORK, operatedBy: 'third-party' as const, factors: factorsOf(words) };
    const estate = estateOf([METER], [], {}, { heatNetworks: new Map([['net', network]]) });
    const days = billedDays(estate, [{ meter: 'M', period: '2025/26', quantity: 10_000 }]);
    const found = lineTexts(figureOf(estate, days, { period: '2025/26', groupBy: ['line'] }));
    t.same(new Set(found), new Set(stated.split(', ')), line);
  }
});

t.test('heat of a network that changes hands is what its page says, day by day (rule B6)', async (t) => {
  const [box] = readNote('heat-networks').boxes('handover');
  const [day = ''] = partsOf(box?.words ?? '', /^from (\S+)$/);
  const operators = [{ operatedBy: 'council' as const }, { from: day, operatedBy: 'third-party' as const }];
  const estate = estateOf(
    [METER],
    [],
    {},
    { heatNetworks: new Map([['net', { ...NETWORK, operators, factors: [] }]]) },
  );
  t.equal(box?.lines.length, 3);
  for (const line of box?.lines ?? []) {
    const [quantity = '', period = '', stated = ''] = partsOf(line, /^(\d+) kWh in (\S+) = (.+)$/);
    const days = billedDays(estate, [{ meter: 'M', period, quantity: Number(quantity) }]);
    const figure = figureOf(estate, days, { period, groupBy: ['line'] });
    const own = figure.rows.find(({ flow }) => flow === 'own-heat-network')?.quantity?.value;
    const found = [...(own == null ? [] : [`own heat ${own}`]), ...lineTexts(figure)];
    t.same(new Set(found), new Set(stated.split(', ')), line);
  }
});
