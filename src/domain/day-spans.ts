import { type DaySpan, intersect, later } from './local-day.ts';

/** The days of any of `spans`, as spans that ascend and do not touch. */
export function unionOf(spans: readonly DaySpan[]): DaySpan[] {
  const union: DaySpan[] = [];
  for (const { start, end } of [...spans].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = union.at(-1);
    if (last === undefined || last.end < start) union.push({ start, end });
    else last.end = later(last.end, end);
  }
  return union;
}

/** Cuts a span where it enters and leaves a union of spans. */
export function cutAt(span: DaySpan, union: readonly DaySpan[]): (DaySpan & { inside: boolean })[] {
  const parts: (DaySpan & { inside: boolean })[] = [];
  let start = span.start;
  for (const other of union) {
    const shared = intersect({ start, end: span.end }, other);
    if (shared === null) continue;
    if (start < shared.start) parts.push({ start, end: shared.start, inside: false });
    parts.push({ ...shared, inside: true });
    start = shared.end;
  }
  if (start < span.end) parts.push({ start, end: span.end, inside: false });
  return parts;
}
