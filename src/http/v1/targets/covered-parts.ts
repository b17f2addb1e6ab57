import { type Static, Type } from 'typebox';
import { type Decimal, roundKg } from '../../../domain/decimal.ts';
import { ESTATE } from '../../../domain/footprint/footprint.ts';
import type { CoveredLines } from '../../../domain/targets/covered-lines.ts';
import { oneOf, share } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { otherLine } from '../other-emissions/schemas.ts';

const closed = { additionalProperties: false } as const;

/** One part of an amount that a target counts. */
export const TargetAmountPartSchema = Type.Object(
  {
    part: oneOf([ESTATE, 'other'], 'estate: what meters measure. other: a line that is stated.'),
    line: Type.Optional(otherLine('The line, where it is a stated one.')),
    kgCo2e: Type.Union([Type.Number(), Type.Null()], {
      description: 'The known part of it, on the basis and gas of the target; null where nothing is known.',
      'x-unit': 'kgCO2e',
    }),
    statedShare: Type.Optional(share('Of a stated line: the share of the days for which it has a figure.')),
  },
  {
    $id: 'TargetAmountPart',
    ...closed,
    description: 'One part of an amount that a target counts.',
    examples: [{ part: 'other', line: 'fleet', kgCo2e: 812450.5, statedShare: 1 }],
  },
);
type PartOutput = Static<typeof TargetAmountPartSchema>;

/** What an amount is made of, where the target covers more than the estate. */
export const PARTS = {
  parts: Type.Optional(
    Type.Array(ref(TargetAmountPartSchema), {
      description: 'What the amount as reported is made of, for a target that covers stated lines beside the estate.',
    }),
  ),
};

/** The parts of an amount, the estate first; none for a target of the estate alone. */
export function toParts(wholeKg: Decimal | null, covered: CoveredLines | null): { parts?: PartOutput[] } {
  if (covered === null || covered.lines.length === 0) return {};
  const estateKg = wholeKg?.minus(covered.kg) ?? null;
  return {
    parts: [
      { part: ESTATE, kgCo2e: estateKg === null ? null : roundKg(estateKg) },
      ...covered.lines.map(
        ({ stated: { line, statedDays, days }, kg }): PartOutput => ({
          part: 'other',
          line,
          kgCo2e: kg === null ? null : roundKg(kg),
          statedShare: days === 0 ? 0 : Math.round((statedDays / days) * 10_000) / 10_000,
        }),
      ),
    ],
  };
}
