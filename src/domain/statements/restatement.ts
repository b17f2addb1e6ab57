import { type Decimal, ZERO } from '../decimal.ts';
import type { Estate, EstateMeter } from '../estate.ts';
import type { ExplainedLine } from '../explanation.ts';
import { type KgByFigure, kgByFigure, scopesOf } from '../kg-by-figure.ts';
import type { YearStatus } from '../targets/target-status.ts';

/** Kinds of change since a figure was published, in the order in which they are applied. */
export const RESTATEMENT_CAUSES = ['late-data', 'corrected-data', 'factor-version', 'boundary', 'method'] as const;
export type RestatementCause = (typeof RESTATEMENT_CAUSES)[number];

/** What changed on one line of one site; kilograms before and after, exact. */
export type LineChange = {
  site: string;
  activity: string;
  line: string;
  scope: string;
  beforeKg: Decimal;
  afterKg: Decimal;
};

/** What one kind of change did. */
export type CauseChange = { cause: RestatementCause; before: KgByFigure; after: KgByFigure; lines: LineChange[] };

/** A figure that changed by enough to be restated. `share` is of what was published; null where that was zero. */
export type MaterialFigure = { figure: string; kg: Decimal; share: Decimal | null };

/** The verdict of a target on the period of a statement, as published and as it would be now. */
export type VerdictChange = {
  target: string;
  /** Whether the statement names the target, and so prints its verdict. */
  isNamed: boolean;
  before: YearStatus | null;
  after: YearStatus | null;
  isTurned: boolean;
};

type Place = Omit<LineChange, 'beforeKg' | 'afterKg'>;

function byPlace(lines: readonly ExplainedLine[]): Map<string, { place: Place; kg: Decimal }> {
  const places = new Map<string, { place: Place; kg: Decimal }>();
  for (const { site, activity, line, kg, ...where } of lines)
    for (const scope of scopesOf(where, true)) {
      const place = { site, activity, line, scope };
      const name = JSON.stringify(Object.values(place));
      places.set(name, { place, kg: (places.get(name)?.kg ?? ZERO).plus(kg ?? ZERO) });
    }
  return places;
}

/** What differs between the lines before a kind of change and after it, on both bases: its lines of a scope add up to the change of that scope. */
export function causeChange(
  cause: RestatementCause,
  before: readonly ExplainedLine[],
  after: readonly ExplainedLine[],
): CauseChange {
  const then = byPlace(before);
  const now = byPlace(after);
  const names = [...new Set([...then.keys(), ...now.keys()])].sort();
  const lines = names.flatMap((name) => {
    const place = (then.get(name) ?? now.get(name))?.place;
    const beforeKg = then.get(name)?.kg ?? ZERO;
    const afterKg = now.get(name)?.kg ?? ZERO;
    return place === undefined || beforeKg.eq(afterKg) ? [] : [{ ...place, beforeKg, afterKg }];
  });
  return { cause, before: kgByFigure(before, true), after: kgByFigure(after, true), lines };
}

/** Figures that changed by at least a share of what was published: the totals, and each scope. */
export function materialFigures(published: KgByFigure, now: KgByFigure, threshold: Decimal): MaterialFigure[] {
  const figures = [...new Set([...published.keys(), ...now.keys()])];
  return figures.flatMap((figure) => {
    const before = published.get(figure) ?? ZERO;
    const kg = (now.get(figure) ?? ZERO).minus(before);
    if (kg.isZero()) return [];
    const share = before.isZero() ? null : kg.div(before.abs());
    return share === null || share.abs().gte(threshold) ? [{ figure, kg, share }] : [];
  });
}

type Extents = ReadonlyMap<string, EstateMeter>;

const withExtent = (meter: EstateMeter, extents: Extents): EstateMeter => {
  const { firstDay, lastDay } = extents.get(meter.key) ?? meter;
  return { ...meter, firstDay, lastDay };
};

/** An estate as it stood, with the extents of its meters' data as they are now. */
export function withExtentsOf(then: Estate, now: Estate): Estate {
  const extents = new Map(now.meters.map((meter) => [meter.key, meter]));
  return { ...then, meters: then.meters.map((meter) => withExtent(meter, extents)) };
}

/** An estate as it stood, with the energy that was bought as it is recorded now: instruments, mixes, networks, and whom they supply. */
export function withSupplyOf(then: Estate, now: Estate): Estate {
  const supplied = new Map(now.meters.map((meter) => [meter.key, meter]));
  const meters = then.meters.map((meter) => {
    const { contracts, certificates } = supplied.get(meter.key) ?? meter;
    return { ...meter, contracts, certificates };
  });
  return { ...then, supply: now.supply, meters };
}

/** What of a meter says how its quantity is counted, apart from what belongs to the estate and since when. */
function methodOf({ calorificBasis, measures, efficiency, returnToSewer, heatNetwork }: EstateMeter) {
  return { calorificBasis, measures, efficiency, returnToSewer, heatNetwork };
}

/**
 * Today's boundary by the methods that held then: sites, control, service, meters and where they belong as they stand now;
 * the settings, and how each meter that was known is counted, as they stood.
 */
export function withBoundaryOf(then: Estate, now: Estate): Estate {
  const before = new Map(then.meters.map((meter) => [meter.key, meter]));
  const meters = now.meters.map((meter) => {
    const known = before.get(meter.key);
    return known === undefined ? meter : { ...meter, ...methodOf(known) };
  });
  return { ...now, meters, settings: then.settings };
}
