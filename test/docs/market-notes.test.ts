import t from 'tap';
import { instrumentOf, residualOf } from '../support/market-values.ts';
import { estateOf, type MeterFields } from '../support/memory-estate.ts';
import { marketFigureOf } from '../support/memory-market.ts';
import { billedDays } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';

const METERS: Record<string, Omit<MeterFields, 'key'>> = {
  import: {},
  second: { site: 'T' },
  gas: { activity: 'natural-gas' },
  generation: { direction: 'generation' },
  export: { direction: 'export' },
};

type Example = { meters: MeterFields[]; used: [string, number][]; supply: Parameters<typeof estateOf>[3] };

/** Meters, quantities and instruments that an example names. */
function read(inputs: string): Example {
  const words = inputs.split(', ').map((input) => partsOf(input, /^([a-z-]+)(?: ([\d.]+))?(?: (sold|kept))?$/));
  const fields = words.filter(([key = '']) => key in METERS);
  const meters = fields.map(([key = '', , status]): MeterFields => {
    const certificates = status === '' ? [] : [{ from: null, status: status as 'sold' }];
    return { key, from: '2015-01-01', ...METERS[key], certificates };
  });
  const electricity = ['import', 'second'].filter((key) => meters.some((meter) => meter.key === key));
  const instruments = words.flatMap(([word, value]) => {
    const kWh = Number(value);
    if (word === 'certificates') return [instrumentOf('rego', { kWh, meters: electricity })];
    if (word === 'green-gas') return [instrumentOf('green-gas', { kWh, meters: ['gas'] })];
    return word === 'product' ? [instrumentOf('supplier-product', { factor: kWh, meters: electricity })] : [];
  });
  const residual = words.find(([word]) => word === 'residual')?.[1];
  const residualMixes = residual === undefined ? [] : [residualOf(Number(residual))];
  return {
    meters,
    used: fields.map(([key = '', value]) => [key, Number(value)]),
    supply: { instruments, residualMixes },
  };
}

async function textsOf(inputs: string): Promise<string[]> {
  const { meters, used, supply } = read(inputs);
  const estate = estateOf(meters, [], {}, supply);
  const days = billedDays(
    estate,
    used.map(([meter, quantity]) => ({ meter, period: '2025/26', quantity })),
  );
  const { rows, total, market } = await marketFigureOf(estate, days, { period: '2025/26', groupBy: ['site'] });
  const kg = total.emissionsKgCo2e;
  return [
    `scope1 ${kg?.scope1.toFixed(3)}`,
    `scope2 ${kg?.scope2.toFixed(3)}`,
    `market ${kg?.scope2Market?.toFixed(3)}`,
    `scope1Market ${kg?.scope1Market?.toFixed(3)}`,
    `sites ${rows.map((row) => row.emissionsKgCo2e?.scope2Market?.toFixed(3)).join(' + ')}`,
    `surplus ${market.allocation.results[0]?.surplusKwh}`,
  ];
}

t.test('the market basis is what its page says (rules B8, C1, C3, C4)', async (t) => {
  const examples = readNote('market-basis').lines('market');
  t.equal(examples.length, 11);
  for (const line of examples) {
    const [inputs = '', stated = ''] = partsOf(line, /^(.*?) = (.+)$/);
    const found = await textsOf(inputs);
    for (const part of stated.split(', ')) t.ok(found.includes(part), `${line}: ${found.join(', ')}`);
  }
});
