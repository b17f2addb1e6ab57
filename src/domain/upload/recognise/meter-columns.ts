import { parseMpan } from '../../identifiers/mpan.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { quoted } from '../row-fault.ts';
import type { Decision, Hints } from './recognition.ts';
import { inRole, layoutColumn, type SampleColumn, shareOf } from './sample-columns.ts';

type Candidate = { column: SampleColumn; known: number; mpans: number; rank: number };

/** The columns that name the meter, the best first, and why. */
export type FoundMeter = { columns: SampleColumn[]; decision: Decision | null; known: number };

/** A column counts as one of MPANs when nearly all its cells pass the check digit. */
const MPAN_SHARE = 0.9;

function candidates(columns: readonly SampleColumn[], find: MeterLookup): Candidate[] {
  const named = [...inRole(columns, 'meter'), ...inRole(columns, 'serial')];
  return columns.flatMap((column) => {
    const known = shareOf(column, (text) => 'id' in find(text));
    const mpans = shareOf(column, (text) => parseMpan(text.replace(/^'/, '')) !== null) >= MPAN_SHARE ? 1 : 0;
    const place = named.indexOf(column);
    const rank = place < 0 ? named.length : place;
    return place >= 0 || known > 0 || mpans > 0 ? [{ column, known, mpans, rank }] : [];
  });
}

function reasonFor({ column, known, mpans }: Candidate): Pick<Decision, 'reason' | 'certainty'> {
  if (known === 1) return { reason: 'All its cells in the sample name meters of the estate.', certainty: 'certain' };
  if (known > 0)
    return { reason: `${Math.round(known * 100)} % of its cells name meters of the estate.`, certainty: 'likely' };
  if (mpans > 0) return { reason: 'Its cells pass the check digit of an MPAN.', certainty: 'likely' };
  return {
    reason: `Its header ${quoted(column.header ?? '')} says so; no cell names a known meter.`,
    certainty: 'likely',
  };
}

/**
 * Finds the columns that name the meter: those whose cells find meters of the estate before those whose numbers pass the
 * check digit of an MPAN, and these before those that only their header speaks for. Others that find meters come after the
 * best, for rows in which it is blank. A file of one meter that the sender names needs none.
 */
export function findMeterColumns(columns: readonly SampleColumn[], find: MeterLookup, hints: Hints): FoundMeter {
  if (hints.meterKey !== null) return { columns: inRole(columns, 'meter').slice(0, 1), decision: null, known: 1 };
  const found = candidates(columns, find).sort((a, b) => b.known - a.known || b.mpans - a.mpans || a.rank - b.rank);
  const [best] = found;
  if (best === undefined) return { columns: [], decision: null, known: 0 };
  const others = found.slice(1).filter(({ known }) => known > 0 && known === best.known);
  const names = [best, ...others].map(({ column }) => column);
  const decision: Decision = {
    about: 'meter',
    column: best.column.header ?? `column ${best.column.index + 1}`,
    value: layoutColumn(best.column).header ?? `column ${best.column.index + 1}`,
    ...reasonFor(best),
  };
  return { columns: names, decision, known: best.known };
}
