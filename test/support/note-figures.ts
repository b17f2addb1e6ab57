import type { Activity, Unit } from '../../src/domain/activities.ts';
import type { LeaseType } from '../../src/domain/consolidation.ts';
import type { Control } from '../../src/domain/control.ts';
import type { FactorPolicy } from '../../src/domain/factor-policy.ts';
import type { Gas } from '../../src/domain/factor-resolution.ts';
import { dec, estateOf, type MeterFields, type SiteFields } from './memory-estate.ts';
import { figureOf, type MemoryFigure } from './memory-figure.ts';
import { billedDays } from './memory-usage.ts';
import { partsOf } from './note.ts';

/** What examples say of a meter: `net`, `heat at 0.85`, `share 0`, `no network`. */
function attributesOf(text: string): Partial<MeterFields> {
  const fields: Partial<MeterFields> = {};
  for (const word of text.split(', ').filter((part) => part !== '')) {
    if (word === 'net' || word === 'gross') fields.calorificBasis = word;
    else if (word.startsWith('heat at '))
      Object.assign(fields, { measures: 'heat-output', efficiency: dec(word.slice(8)) });
    else if (word.startsWith('share ')) fields.returnToSewer = dec(word.slice(6));
    else if (word === 'no network') fields.heatNetwork = 'none';
    else throw new Error(`'${word}' says nothing of a meter`);
  }
  return fields;
}

/** A site under one control since ever, on a lease of some kind, or operated until a day and outside the boundary from it on. */
function siteUnder(words: string): Partial<SiteFields> {
  const [tenure = '', until] = words.split(' until ');
  const [control = '', lease] = tenure.split(/ on an? /);
  const held = { scope3Category: null, reason: null };
  const leaseType = lease === undefined ? null : (lease.replace(' lease', '') as LeaseType);
  const first = { from: null, control: control as Control, ...held, leaseType };
  return { controls: until === undefined ? [first] : [first, { from: until, control: 'outside', ...held }] };
}

const QUANTITY = /^([\d.]+) (\w+) ([\w-]+)(?: \(([^)]*)\))?$/;

/** The figure of an example of one meter, by line. `quantity` as in `20 tonne wood-pellets (net)`, `period` as in `2024/25`. */
export function lineFigure(
  quantity: string,
  period: string,
  policy: FactorPolicy = { kind: 'reporting-year' },
  gas: Gas = 'co2e',
  control = 'operated',
): MemoryFigure {
  const [amount = '', unit = '', activity = '', attributes = ''] = partsOf(quantity, QUANTITY);
  const fields = { activity: activity as Activity, unit: unit as Unit, ...attributesOf(attributes) };
  const [tenure = '', approach] = control.split(' under ');
  const estate = estateOf(
    [{ key: 'M', from: '2000-01-01', ...fields }],
    [{ key: 'S', ...siteUnder(tenure) }],
    approach === undefined ? {} : { consolidation: [{ from: null, approach: 'financial-control' }] },
  );
  const days = billedDays(estate, [{ meter: 'M', period, quantity: amount }]);
  return figureOf(estate, days, { period, groupBy: ['line'], policy, gas });
}

/** Every line of a figure as examples write it: `combustion 1086.731`, `outside-of-scopes not quantified`. */
export function lineTexts({ rows, total }: MemoryFigure): string[] {
  return rows.flatMap(({ line, emissionsKgCo2e: kg }) => {
    if (line == null || kg === null) return [];
    if (total.notQuantified.some((name) => name.endsWith(`.${line}`))) return [`${line} not quantified`];
    return [`${line} ${(kg.total + kg.outsideOfScopes).toFixed(3)}`];
  });
}

/** Scopes, scope 3 categories and the quantity of a figure, as examples write them. */
export function placeTexts({ total }: MemoryFigure): string[] {
  const kg = total.emissionsKgCo2e;
  const categories = (kg?.scope3ByCategory ?? []).map(
    ({ category, upstream, kgCo2e }) => `category ${category} ${upstream ? 'upstream ' : ''}${kgCo2e.toFixed(3)}`,
  );
  const scopes = [`scope1 ${kg?.scope1.toFixed(3)}`, `scope2 ${kg?.scope2.toFixed(3)}`];
  return [...scopes, ...categories, `${total.quantity?.value} ${total.quantity?.unit}`];
}
