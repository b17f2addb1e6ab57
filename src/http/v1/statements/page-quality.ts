import { Decimal } from '../../../domain/decimal.ts';
import { definitions, list, type Markup, markup } from './markup.ts';
import type { Stated } from './page-figures.ts';
import { grouped, percent, quantity, tonnes } from './print-numbers.ts';

const sites = (count: unknown): string => (count === 1 ? '1 site' : `${count} sites`);

function intensity({ intensity: stated }: Stated): string {
  if ((stated?.kgCo2ePerM2 ?? null) === null) return 'no floor area is recorded';
  const withoutArea = stated?.withoutFloorArea;
  const withoutFigure = stated?.withoutFigure;
  return `${grouped(new Decimal(stated?.exactKgCo2ePerM2 ?? '0'), 3)} kgCO2e per m2 of gross internal area, location-based: ${tonnes(stated?.exactKgCo2e ?? null)} tCO2e of ${sites(stated?.sites)} over ${quantity(stated?.floorAreaM2 ?? '0')} m2, weighted by days. Left out: ${tonnes(withoutArea?.exactKgCo2e ?? '0')} tCO2e of ${sites(withoutArea?.sites)} without a floor area; ${quantity(withoutFigure?.floorAreaM2 ?? '0')} m2 of ${sites(withoutFigure?.sites)} without a figure.`;
}

function unresolved({ unresolved: stated }: Stated): string {
  const checks = [...(stated?.checks ?? [])].map(({ check, findings }) => `${check} ${findings}`);
  const counts = `${stated?.suspects} suspects, ${stated?.conflicts} contradictions, ${stated?.unreconciled} totals that do not meet`;
  return checks.length === 0 ? counts : `${counts} (${checks.join(', ')})`;
}

const named = (entries: readonly string[]): string => entries.join(', ') || 'nothing';

/** How good the data behind a statement is, and its intensity. */
export function printedQuality(content: Stated): Markup {
  const { dataQuality = content } = content;
  const { coverage = null } = dataQuality;
  const shares: readonly (readonly [string, unknown])[] = [
    ['Measured', coverage?.actual],
    ['Estimated', coverage?.estimated],
    ['Missing', coverage?.missing],
    ['Apportioned', coverage?.apportioned],
  ];
  return markup`${definitions([
    ...shares.map(([name, share]) => [name, share === undefined ? 'no data' : percent(share)] as const),
    ['Unresolved', unresolved(dataQuality)],
    ['Not quantified', named([...(dataQuality.notQuantified ?? [])].map(({ line }) => String(line)))],
    [
      'Carried forward',
      named([...(dataQuality.carriedForward ?? [])].map(({ line, fromSet }) => `${line} from ${fromSet}`)),
    ],
    ['Provisional', named([...(dataQuality.provisional ?? [])])],
    ['Intensity', intensity(content)],
  ])}<p class="note">Measured, estimated and missing add up to all that was expected. Apportioned is a part of the known: bills and dial readings that go on outside the period and are divided by days.</p>${list(
    [...(content.notices ?? [])],
    null,
  )}`;
}
