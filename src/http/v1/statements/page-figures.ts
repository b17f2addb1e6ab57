import { type Markup, markup, table } from './markup.ts';
import { percent, quantity, tonnes } from './print-numbers.ts';

/** The content of a statement as its page reads it: every member may be looked into. */
export type Stated = { readonly [member: string]: Stated } & string & readonly Stated[];

const SCOPES = [
  ['scope1', 'Scope 1'],
  ['scope2', 'Scope 2, location-based'],
  ['scope3', 'Scope 3'],
] as const;
const MARKET_SCOPES = [SCOPES[0], ['scope2Market', 'Scope 2, market-based'], SCOPES[2]] as const;
const T = { header: 'tCO2e', isNumber: true };

function scopeName(scope: string): string {
  return scope === 'outside' ? 'outside of scopes' : `scope ${scope}`;
}

const TIERS: Readonly<Record<string, string>> = {
  certificates: 'Certificates and agreements',
  supplierProduct: "Suppliers' products",
  residualMix: 'Residual mix',
  gridAverage: 'Grid average',
};
const FLAGS: Readonly<Record<string, string>> = {
  'grid-average-no-residual-mix':
    'No residual mix is recorded for some of the energy, so the grid average stands in its place. It counts certified generation once more and may flatter the market-based figure.',
  'co2-only-factor': 'Some factors are of CO2 alone and are taken for all gases.',
  'certificates-sold': 'Certificates of own generation are sold: its self-use takes the residual mix.',
  'certificates-mixed':
    'Certificates of some of the own generation of a site are sold: all of its self-use is counted as sold.',
};

function byScope(
  caption: string,
  { totals: stated, comparatives }: Stated,
  members: readonly (readonly [string, string])[],
  [total, name]: readonly [string, string],
): Markup {
  const earlier = [...(comparatives ?? [])];
  const cells = (member: string): string[] => [
    tonnes(stated?.[member]?.exactKgCo2e ?? null),
    ...earlier.flatMap((one) => [
      tonnes(one.asPublished?.[member]?.exactKgCo2e ?? null),
      tonnes(one.asRestated?.[member]?.exactKgCo2e ?? null),
    ]),
  ];
  const columns = [
    { header: 'Scope' },
    T,
    ...earlier.flatMap((one) => [
      { header: `${one.period} as published`, isNumber: true },
      { header: `${one.period} as restated`, isNumber: true },
    ]),
  ];
  return table(
    caption,
    columns,
    members.map(([member, label]) => [label, ...cells(member)]),
    [name, ...cells(total)],
  );
}

function market({ market: stated }: Stated): Markup {
  const used = [...(stated?.tiers ?? [])].filter(({ kWh }) => String(kWh) !== '0');
  const rows = used.map((tier) => [
    TIERS[String(tier.tier)] ?? String(tier.tier),
    [...(tier.sources ?? [])]
      .map(({ record, publisher }) => (record === null ? '' : `${record} (${publisher})`))
      .join(', '),
    `${quantity(tier.kWh ?? '0')} kWh`,
    tier.share === null ? '' : percent(tier.share),
    tonnes(tier.exactKgCo2e ?? null),
  ]);
  const right = (header: string) => ({ header, isNumber: true });
  const columns = [{ header: 'Source' }, { header: 'Record' }, right('Electricity'), right('Share'), T];
  const gas = stated?.greenGas ?? null;
  return markup`${table('Electricity of scope 2, market-based', columns, rows)}${[...(stated?.flags ?? [])].map(
    (flag) => markup`<p class="note">${FLAGS[flag] ?? flag}</p>\n`,
  )}${
    gas === null
      ? null
      : markup`<p class="note">Certificates of green gas cover ${quantity(gas.kWh ?? '0')} kWh. With them scope 1 would be ${tonnes(gas.scope1Market?.exactKgCo2e ?? null)} tCO2e: a memo, in no total.</p>\n`
  }`;
}

function totals(content: Stated): Markup {
  return markup`${byScope('Emissions by scope, location-based', content, SCOPES, ['total', 'Total of scopes 1 to 3, location-based'])}
${byScope('Emissions by scope, market-based', content, MARKET_SCOPES, ['totalMarket', 'Total of scopes 1 to 3, market-based'])}
<p>Biogenic CO2 outside of scopes, in no total: ${tonnes(content.totals?.outsideOfScopes?.exactKgCo2e ?? '0')} tCO2e.</p>
${market(content)}`;
}

/** All figures of a statement as tables: by scope on both bases, the market basis, lines, sites, quantities. */
export function printedFigures(content: Stated): Markup {
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
    `${quantity(row.apportioned ?? '0')} ${row.unit}`,
  ]);
  const right = (header: string) => ({ header, isNumber: true });
  return markup`${totals(content)}
${table('Emissions by activity and line', [{ header: 'Activity' }, { header: 'Line' }, { header: 'Scope' }, T], lines)}
${table('Emissions by site, tCO2e', [{ header: 'Site' }, right('Scope 1'), right('Scope 2'), right('Scope 3'), right('Total')], sites)}
${table('Metered quantities', [{ header: 'Activity' }, right('Used'), right('Of it measured'), right('Estimated'), right('Apportioned')], used)}`;
}
