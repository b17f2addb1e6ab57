import { inForce } from '../dated.ts';
import type { FigurePlan } from '../figure-plan.ts';
import type { OpenRow } from '../figure-table.ts';
import { groupBy } from '../group-by.ts';
import { addDays, type DaySpan, intersect, type LocalDay, lengthDays } from '../local-day.ts';
import { SITES_OF_A_CELL_MIN } from './deprivation.ts';

/** Floor areas of a site, ascending, each from a day on; only the first may have no first day. */
export type FloorAreas = readonly { from: LocalDay | null; areaM2: number }[];

/** What stands behind a row besides its energy and carbon. */
export type PlaceCell = {
  sites: number;
  /** Square metres, each site's mean over the days; null where none of the sites has one. */
  floorAreaM2: number | null;
  sitesWithoutFloorArea: number;
  /** Fewer sites than a group should have that is published. */
  fewSites: boolean;
};

/** Mean floor area over some days; null where some of them come before the first that is known. */
export function meanFloorAreaM2(areas: FloorAreas, span: DaySpan): number | null {
  let sum = 0;
  let day = span.start;
  while (day < span.end) {
    const here = inForce(areas, day);
    if (here === null) return null;
    const next = areas.find(({ from }) => from !== null && from > day)?.from ?? span.end;
    const end = next < span.end ? next : span.end;
    sum += here.areaM2 * lengthDays({ start: day, end });
    day = end > day ? end : addDays(day, 1);
  }
  return sum / lengthDays(span);
}

/** Sites and floor area behind the rows of a figure. A site counts where a meter of its feeds the row in these days. */
export function placeCells(
  plan: FigurePlan,
  rows: readonly OpenRow[],
  floorAreas: ReadonlyMap<string, FloorAreas>,
): Map<OpenRow, PlaceCell> {
  const { window } = plan;
  const byStream = groupBy(plan.segments, ({ stream }) => stream);
  return new Map(
    rows.map((row) => {
      const days = window === null ? null : intersect(row.bucket, window);
      const sites = new Set<string>();
      for (const { stream } of row.feeds.list)
        for (const { segment } of byStream.get(stream) ?? [])
          if (days !== null && intersect(segment, days) !== null) sites.add(segment.site.key);
      const areas = [...sites].map((site) =>
        days === null ? null : meanFloorAreaM2(floorAreas.get(site) ?? [], days),
      );
      const known = areas.filter((area) => area !== null);
      const cell = {
        sites: sites.size,
        floorAreaM2: known.length === 0 ? null : known.reduce((sum, area) => sum + area, 0),
        sitesWithoutFloorArea: areas.length - known.length,
        fewSites: sites.size < SITES_OF_A_CELL_MIN,
      };
      return [row, cell];
    }),
  );
}
