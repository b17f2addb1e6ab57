import type { Measure, QuantityChange } from '../../src/domain/measures/measure.ts';

/** A change of gas by half; a test states the rest. */
export function changeOf(fields: Partial<QuantityChange> = {}): QuantityChange {
  const none = { from: null, perYear: null, percent: null, replaces: null };
  const isStated = fields.perYear != null || fields.replaces != null;
  return { activity: 'natural-gas', unit: 'kWh', ...none, ...(isStated ? {} : { percent: -50 }), ...fields };
}

/** A planned measure at site S that halves its gas from 1 April 2027 on; a test states the rest. */
export function measureOf(key: string, fields: Partial<Measure> = {}): Measure {
  return {
    key,
    name: `Measure ${key}`,
    kind: 'other',
    site: 'S',
    status: 'planned',
    from: '2027-04-01',
    to: null,
    changes: [changeOf()],
    costGbp: null,
    costYear: null,
    source: 'a test',
    notes: null,
    ...fields,
  };
}
