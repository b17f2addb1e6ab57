import type { Bar, Figure, Unit } from './figure.ts';

const WIDTHS = [52, 12, 26, 14] as const;

/** Rates and sizes of whole numbers have no decimals; whatever is smaller has two. */
function number(value: number): string {
  if (Number.isNaN(value)) return 'none';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A value with its unit; milliseconds become seconds where they are many. */
export function quantity(value: number, unit: Unit): string {
  if (unit === 'ms' && value >= 1_000) return `${number(value / 1_000)} s`;
  return unit === '' || unit === '/s' ? `${number(value)}${unit}` : `${number(value)} ${unit}`;
}

function barText(bar: Bar, unit: Unit): string {
  return 'atMost' in bar ? `<= ${quantity(bar.atMost, unit)}` : `>= ${quantity(bar.atLeast, unit)}`;
}

function row(cells: readonly string[]): string {
  const [first = '', ...others] = cells;
  const padded = others.map((cell, index) => cell.padStart(WIDTHS[index + 1] ?? 0));
  return `  ${first.padEnd(WIDTHS[0])}${padded.join('')}`.trimEnd();
}

/** A part of the table: what, median, spread over the repetitions, bar, and whether it is met. */
export function tableOf(title: string, figures: readonly Figure[]): string {
  const lines = figures.map(({ what, median, least, most, count, unit, bar, verdict, remark }) => {
    const spread = count > 1 ? `${quantity(least, unit)} to ${quantity(most, unit)}` : '';
    const held = bar === null ? '' : barText(bar, unit);
    const line = row([what, quantity(median, unit), spread, held]);
    return [line.padEnd(verdict === null ? 0 : 108), verdict ?? '', remark && `(${remark})`].filter(Boolean).join('  ');
  });
  return [title, row(['', 'median', 'spread', 'bar']), ...lines].join('\n');
}
