import { type DaySpan, earlier, intersect, type LocalDay } from '../local-day.ts';
import { disclosureYear } from '../supply/check-instrument.ts';
import { type Instrument, isCertificate, QUALITY_CRITERIA } from '../supply/instrument.ts';

/** Why an instrument is not used, or not on all its days. */
export const UNUSED_REASONS = [
  'criteria-not-met',
  'not-retired',
  'outside-certificate-year',
  'continental-certificate',
] as const;
export type UnusedReason = { code: (typeof UNUSED_REASONS)[number]; detail: string };

/** Whether an instrument may be used, on which of its days, and why not on the others. */
export type Standing = { usable: DaySpan | null; reasons: UnusedReason[] };

/** Certificates of the continent are not accepted for use from this day on. */
const GOO_END: LocalDay = '2023-04-01';

function criteriaReasons({ kind, criteriaMet, retiredFor }: Instrument): UnusedReason[] {
  const lacking = QUALITY_CRITERIA.filter((criterion) => !criteriaMet.includes(criterion));
  const reasons: UnusedReason[] = [];
  if (lacking.length > 0) reasons.push({ code: 'criteria-not-met', detail: `not met: ${lacking.join(', ')}` });
  if (kind !== 'ppa' && kind !== 'supplier-product' && retiredFor === undefined)
    reasons.push({ code: 'not-retired', detail: 'it is not said for whom the certificates were retired' });
  return reasons;
}

/** The supplier's products among instruments that may be used. */
export function usableProducts(instruments: readonly Instrument[]): Instrument[] {
  return instruments.filter((instrument) => !isCertificate(instrument) && standingOf(instrument).usable !== null);
}

/** How an instrument stands by its criteria, its disclosure year and its origin (rules C1, C3). */
export function standingOf(instrument: Instrument): Standing {
  const { from, to, kind, certificateYear } = instrument;
  const span = { start: from, end: to };
  const reasons = criteriaReasons(instrument);
  const failed = reasons.length > 0;
  let usable: DaySpan | null = span;
  if (certificateYear !== undefined) {
    const year = disclosureYear(certificateYear);
    if (from < year.start || to > year.end) {
      const detail = `its evidence is of ${certificateYear}, ${year.start} to ${year.end}: use on other days is not covered`;
      reasons.push({ code: 'outside-certificate-year', detail });
    }
    usable = intersect(span, year);
  }
  if (kind === 'goo' && usable !== null && usable.end > GOO_END) {
    const detail = `certificates of the continent are not accepted for use from ${GOO_END} on`;
    reasons.push({ code: 'continental-certificate', detail });
    const end = earlier(usable.end, GOO_END);
    usable = usable.start < end ? { start: usable.start, end } : null;
  }
  return { usable: failed ? null : usable, reasons };
}
