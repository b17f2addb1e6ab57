import fc from 'fast-check';
import t from 'tap';
import {
  addUpUsage,
  expectedMinutes,
  type ShortSlot,
  type SlotSums,
  suspectSegments,
} from '../../src/domain/add-up-usage.ts';
import { ZERO } from '../../src/domain/decimal.ts';
import { planFigure } from '../../src/domain/figure-plan.ts';
import type { MeterDay } from '../../src/domain/settle-meter.ts';
import type { Usage, UsageRequest } from '../../src/domain/usage.ts';
import { dec, estateOf } from '../support/memory-estate.ts';
import { LATER, questionOf } from '../support/memory-figure.ts';
import { daysOf, usageOf, wholeDay } from '../support/memory-usage.ts';
import { holds } from '../support/property.ts';

const ESTATE = estateOf(
  [
    { key: 'A', from: '2025-01-20' },
    { key: 'B', from: '2025-02-10', to: '2025-04-03' },
    { key: 'C', activity: 'natural-gas', from: '2020-01-01', site: 'T' },
  ],
  [
    {
      key: 'T',
      controls: [
        { from: null, control: 'operated', scope3Category: null, reason: null },
        { from: '2025-03-15', control: 'leased-out', scope3Category: null, reason: 'let' },
      ],
    },
  ],
);
const DAYS = daysOf('2025-01-10/2025-04-25');

function requestOf(interval: 'total' | 'month' | 'quarter'): UsageRequest {
  const { segments, cells } = planFigure(ESTATE, questionOf({ period: '2025-01-10/2025-04-25', interval }), LATER);
  return {
    segments: segments.map(({ segment, stream }) => ({ ...segment, meterId: segment.meter.id, stream })),
    cells,
  };
}

/** Every day of a segment as a slot of its own, as a reader would find them. */
function slotsOf(request: UsageRequest, days: readonly MeterDay[]): (SlotSums & { segment: number })[] {
  return request.segments.flatMap(({ meterId, stream, start, end }, segment) =>
    days
      .filter((row) => row.meterId === meterId && start <= row.day && row.day < end)
      .map(({ day, quantityMicro, estimatedMicro, actualMinutes, estimatedMinutes }) => ({
        segment,
        stream,
        slot: day,
        quantity: quantityMicro === null ? null : dec(quantityMicro.toString()).div(1e6),
        estimated: estimatedMicro === null ? ZERO : dec(estimatedMicro.toString()).div(1e6),
        actualMinutes,
        estimatedMinutes,
      })),
  );
}

function readAndAdd(request: UsageRequest, days: readonly MeterDay[]): Usage {
  const slots = slotsOf(request, days);
  const suspects = suspectSegments(request, slots, expectedMinutes(request).minutes);
  const short = suspects.flatMap((segment): ShortSlot[] => {
    const own = slots.filter((slot) => slot.segment === segment);
    if (own.length === 0) return [{ segment, slot: null, quantity: null, minutes: 0 }];
    return own.map(({ slot, quantity, actualMinutes, estimatedMinutes }) => ({
      segment,
      slot,
      quantity: quantity?.toNumber() ?? null,
      minutes: actualMinutes + estimatedMinutes,
    }));
  });
  return addUpUsage(request, slots, short);
}

/** What two ways of adding must agree on to the last digit, and the weights, which are doubles. */
function plain({ cells, completeness, gaps }: Usage) {
  const rows = completeness
    .filter(({ actualMinutes, estimatedMinutes }) => actualMinutes + estimatedMinutes > 0)
    .sort((a, b) => a.stream - b.stream || (a.bucket ?? -1) - (b.bucket ?? -1));
  const exact = {
    cells: cells.map(({ stream, cell, quantity }) => `${stream} ${cell} ${quantity}`).sort(),
    minutes: rows.map((row) => `${row.stream} ${row.bucket} ${row.actualMinutes} ${row.estimatedMinutes}`),
    gaps: gaps.map(({ segment, bucket }) => `${segment} ${bucket}`).sort(),
  };
  const weights = rows.flatMap((row) => [row.actualWeight, row.estimatedWeight, row.missingWeight]);
  return { exact: JSON.stringify(exact), weights };
}

/** Runs of known and unknown days of each meter; every third known run is estimated. */
const filled = fc
  .array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 6 }), { minLength: 3, maxLength: 3 })
  .map((runs) =>
    ESTATE.meters.flatMap(({ id }, index): MeterDay[] => {
      const ends = (runs[index] ?? []).map((_, run, all) => all.slice(0, run + 1).reduce((a, b) => a + b, 0));
      return DAYS.flatMap((day, number): MeterDay[] => {
        const run = ends.findIndex((end) => number < end);
        if (run % 2 !== 0) return [];
        const known = wholeDay(id, day, BigInt(1_000_000 + number * 1_234));
        if (run % 3 !== 0) return [known];
        return [
          { ...known, estimatedMicro: known.quantityMicro, estimatedMinutes: known.actualMinutes, actualMinutes: 0 },
        ];
      });
    }),
  );

t.test('adding up by slots says what adding day by day says, whatever is missing', async (t) => {
  holds(
    t,
    fc.property(filled, fc.constantFrom('total' as const, 'month' as const, 'quarter' as const), (days, interval) => {
      const request = requestOf(interval);
      const [fast, slow] = [plain(readAndAdd(request, days)), plain(usageOf(request, days))];
      const isNear = (weight: number, index: number) =>
        Math.abs(weight - (slow.weights[index] ?? -1)) < 1e-9 * (1 + weight);
      return fast.exact === slow.exact && fast.weights.every(isNear);
    }),
    100,
  );
});

t.test('nothing is suspected of segments that hold all they should', async (t) => {
  const request = requestOf('month');
  const days = ESTATE.meters.flatMap(({ id }) => DAYS.map((day) => wholeDay(id, day, 1n)));
  t.same(suspectSegments(request, slotsOf(request, days), expectedMinutes(request).minutes), []);
  t.same(usageOf(request, days).gaps, []);
  t.equal(suspectSegments(request, [], expectedMinutes(request).minutes).length, request.segments.length);
});
