import { Decimal } from '../../../domain/decimal.ts';
import { definitions, type Markup, markup, table } from './markup.ts';
import type { StatementAnswer } from './schemas.ts';
import { STYLE } from './style.ts';

type Stated = { readonly [member: string]: Stated } & string & readonly Stated[];

/** Tonnes to the kilogram, half-up from the exact amount, with groups of three; never a negative zero. */
export function tonnes(exactKg: string | null): string {
  if (exactKg === null) return 'not quantified';
  return grouped(new Decimal(exactKg).div(1000), 3);
}

/** A decimal with a fixed number of places and groups of three digits. */
export function grouped(value: Decimal, places: number): string {
  const rounded = value.toDecimalPlaces(places);
  const [whole = '', fraction] = rounded.abs().toFixed(places).split('.');
  const sign = rounded.isNegative() && !rounded.isZero() ? '−' : '';
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${groups}${fraction === undefined ? '' : `.${fraction}`}`;
}

const quantity = (text: string): string => grouped(new Decimal(text), 0);
const percent = (share: unknown): string => `${grouped(new Decimal(Number(share)).times(100), 2)} %`;
const SCOPES = [
  ['scope1', 'Scope 1'],
  ['scope2', 'Scope 2, location-based'],
  ['scope3', 'Scope 3'],
] as const;
const T = { header: 'tCO2e', isNumber: true };

function scopeName(scope: string): string {
  return scope === 'outside' ? 'outside of scopes' : `scope ${scope}`;
}

function totals({ totals: stated, comparatives }: Stated): Markup {
  const earlier = [...(comparatives ?? [])];
  const cells = (member: string): string[] =>
    earlier.flatMap((one) => [
      tonnes(one.asPublished?.[member]?.exactKgCo2e ?? '0'),
      tonnes(one.asRestated?.[member]?.exactKgCo2e ?? '0'),
    ]);
  const columns = [
    { header: 'Scope' },
    T,
    ...earlier.flatMap((one) => [
      { header: `${one.period} as published`, isNumber: true },
      { header: `${one.period} as restated`, isNumber: true },
    ]),
  ];
  const rows = SCOPES.map(([member, name]) => [name, tonnes(stated?.[member]?.exactKgCo2e ?? '0'), ...cells(member)]);
  const sum = ['Total of scopes 1 to 3', tonnes(stated?.total?.exactKgCo2e ?? '0'), ...cells('total')];
  return markup`${table('Emissions by scope', columns, rows, sum)}<p>Biogenic CO2 outside of scopes, in no total: ${tonnes(
    stated?.outsideOfScopes?.exactKgCo2e ?? '0',
  )} tCO2e. Market-based scope 2 is not stated.</p>\n`;
}

function figures(content: Stated): Markup {
  const lines = [...(content.byLine ?? [])].map((row) => [
    String(row.activity),
    String(row.line),
    `${scopeName(String(row.scope))}${row.scope3Category === null ? '' : `, category ${row.scope3Category}`}`,
    tonnes(row.exactKgCo2e ?? null),
  ]);
  const sites = [...(content.bySite ?? [])].map((row) => [
    String(row.name),
    ...SCOPES.map(([member]) => tonnes(row[member]?.exactKgCo2e ?? '0')),
    tonnes(row.total?.exactKgCo2e ?? '0'),
  ]);
  const used = [...(content.quantities ?? [])].map((row) => [
    String(row.activity),
    `${quantity(row.quantity ?? '0')} ${row.unit}`,
    `${quantity(row.measured ?? '0')} ${row.unit}`,
    `${quantity(row.estimated ?? '0')} ${row.unit}`,
  ]);
  const right = (header: string) => ({ header, isNumber: true });
  return markup`${totals(content)}
${table('Emissions by activity and line', [{ header: 'Activity' }, { header: 'Line' }, { header: 'Scope' }, T], lines)}
${table('Emissions by site, tCO2e', [{ header: 'Site' }, right('Scope 1'), right('Scope 2'), right('Scope 3'), right('Total')], sites)}
${table('Metered quantities', [{ header: 'Activity' }, right('Used'), right('Of it measured'), right('Estimated')], used)}`;
}

function quality(content: Stated): Markup {
  const { dataQuality, intensity } = content;
  const unresolved = dataQuality?.unresolved;
  const perM2 = intensity?.kgCo2ePerM2 ?? null;
  return definitions([
    ['Measured', percent(dataQuality?.coverage?.actual ?? 0)],
    ['Estimated', percent(dataQuality?.coverage?.estimated ?? 0)],
    ['Missing', percent(dataQuality?.coverage?.missing ?? 0)],
    [
      'Unresolved',
      `${unresolved?.suspects} suspects, ${unresolved?.conflicts} conflicts, ${unresolved?.unreconciled} unreconciled`,
    ],
    ['Not quantified', [...(dataQuality?.notQuantified ?? [])].map(({ line }) => line).join(', ') || 'nothing'],
    ['Provisional', [...(dataQuality?.provisional ?? [])].join(', ') || 'nothing'],
    [
      'Intensity',
      perM2 === null
        ? 'no floor area is recorded'
        : `${grouped(new Decimal(intensity?.exactKgCo2ePerM2 ?? '0'), 3)} kgCO2e per m2 of gross internal area (${quantity(intensity?.floorAreaM2 ?? '0')} m2; ${intensity?.sitesWithoutFloorArea} sites without an area are left out)`,
    ],
  ]);
}

function target({ target: stated }: Stated): Markup {
  if (stated === null || stated === undefined) return markup`<p>No target is stated.</p>\n`;
  return definitions([
    ['Target', String(stated.name)],
    ['Source', String(stated.source)],
    ['Baseline', `${stated.baseline?.period}: ${tonnes(stated.baseline?.exactKgCo2e ?? null)} tCO2e`],
    [
      'Allowed',
      stated.allowedKgCo2e === null ? 'not given for this period' : `${tonnes(String(stated.allowedKgCo2e))} tCO2e`,
    ],
    ['Verdict', String(stated.verdict ?? 'none')],
  ]);
}

const list = (entries: readonly string[], none: string): Markup =>
  entries.length === 0
    ? markup`<p>${none}</p>\n`
    : markup`<ul>${entries.map((entry) => markup`<li>${entry}</li>\n`)}</ul>\n`;

const kg = (amount: unknown): string => (amount === null ? 'size not known' : `${tonnes(String(amount))} tCO2e`);

function methods(content: Stated): Markup {
  const { methods: stated, assurance } = content;
  const editions = [...(stated?.editions ?? [])].map(
    (edition) => `${edition.title}, version ${edition.version} (${edition.publisher}; GWP ${edition.gwp})`,
  );
  return markup`${definitions([
    ['Factors', `${stated?.factorPolicy}: ${stated?.factorPolicyMeans}`],
    ['Precision', String(stated?.factors)],
    ['Lines reported', [...(stated?.lines?.included ?? [])].join(', ')],
    ['Lines left out', [...(stated?.lines?.excluded ?? [])].join(', ') || 'none'],
    ['Recalculation', String(content.recalculationPolicy)],
    ['Assurance', [assurance?.level, assurance?.by, assurance?.standard].filter((part) => part).join(', ')],
  ])}<h3>Editions of factors</h3>${list(editions, 'None.')}
<h3>Recalculations</h3>${list(
    [...(content.recalculations ?? [])].map((one) => `${one.on}: ${one.description} (${kg(one.kgCo2e)})`),
    'None.',
  )}
<h3>Changes of method</h3>${list(
    [...(content.methodChanges ?? [])].map((one) => `${one.description}: ${one.reason}`),
    'None.',
  )}
<h3>Published in spite of</h3>${list(
    [...(content.overrides ?? [])].map((one) => `${one.blocker} (${one.detail}): ${one.reason}`),
    'Nothing stood against it.',
  )}`;
}

/** A statement as a page to be read or printed. It asks for nothing outside itself. */
export function statementPage(answer: StatementAnswer): string {
  const content = answer.content as Stated;
  const { approval, knowledge } = content;
  const page = markup`<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${answer.title}</title><style>${{ html: STYLE }}</style></head>
<body>
<main>
<header><p class="status">${answer.status}, version ${answer.version}</p><h1>${answer.title}</h1><p>${String(content.organisation)} · ${answer.period} (${content.period?.start ?? ''} to ${content.period?.end ?? ''}, end exclusive)</p></header>
<section><h2>Figures</h2>${figures(content)}<p class="note">Every number is rounded half-up from its exact value, and totals from the exact total. The components of a total may therefore differ from it by up to 0.0005 × (n + 1) tonnes, n being their number.</p></section>
<section><h2>Boundary</h2><p>${String(content.boundary)}</p>${definitions([['Consolidation', String(content.consolidationApproach)]])}<h3>Exclusions</h3>${list(
    [...(content.exclusions ?? [])].map((one) => `${one.what}: ${one.reason} (${kg(one.estimatedKgCo2e)})`),
    'Nothing is excluded.',
  )}</section>
<section><h2>Target</h2>${target(content)}</section>
<section><h2>Data quality</h2>${quality(content)}</section>
<section><h2>Method</h2>${methods(content)}</section>
<footer>${definitions([
    [
      'Approved by',
      approval === null ? 'not approved: a draft' : `${approval?.name}, ${approval?.role}, ${approval?.on}`,
    ],
    ['Contact', String(content.contact)],
    ['Figures of', `${knowledge?.instant} (change ${knowledge?.seq})`],
    ['SHA-256', answer.digest === null ? 'none: a draft' : String(answer.digest)],
  ])}</footer>
</main>
</body>
</html>
`;
  return page.html;
}
