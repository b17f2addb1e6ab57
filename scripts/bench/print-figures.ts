import type { Times } from './measure.ts';
import type { PortfolioFigures } from './measure-portfolio.ts';
import type { UploadFigures } from './measure-upload.ts';

const WIDTHS = [44, 12, 22, 28] as const;

function line(...cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[index] ?? 0)))
    .join('')
    .trimEnd();
}

function milliseconds(value: number): string {
  return value >= 1_000 ? `${(value / 1_000).toFixed(2)} s` : `${value.toFixed(1)} ms`;
}

function timesLine(name: string, times: Times, remark = ''): string {
  return line(
    name,
    milliseconds(times.medianMs),
    `${milliseconds(times.leastMs)} to ${milliseconds(times.mostMs)}`,
    remark,
  );
}

function perSecond(values: number, times: Times): string {
  return `${Math.round(values / (times.medianMs / 1_000)).toLocaleString('en-GB')} values/s`;
}

/** The figures of an upload as lines of a table. */
export function uploadLines(figures: UploadFigures): string[] {
  const { values, upload, again, csvParse, rows } = figures;
  return [
    `Upload: ${figures.meters} meters, ${figures.days} days, ${values.toLocaleString('en-GB')} half-hours, ${(figures.bytes / 1e6).toFixed(1)} MB`,
    line('', 'median', 'spread', ''),
    timesLine('  over HTTP, to committed', upload, perSecond(values, upload)),
    timesLine('  the same file again', again, perSecond(values, again)),
    timesLine('  csv-parse alone, same bytes', csvParse, perSecond(values, csvParse)),
    timesLine(`  a row a reading, ${rows.values.toLocaleString('en-GB')} of them`, rows, perSecond(rows.values, rows)),
    line('  upload : csv-parse', `${figures.uploadOverCsvParse.toFixed(2)} x`, '', 'bar: at most 1.5 x'),
    line(
      '  a row a reading : upload, by value',
      `${figures.rowsOverUploadByValue.toFixed(0)} x`,
      '',
      'bar: at least 50 x',
    ),
    line('  on disk, index included', `${figures.bytesPerValue.toFixed(1)} B`, 'a half-hour', 'bar: at most 12 B'),
  ];
}

/** The figures of a portfolio as lines of a table. */
export function portfolioLines(figures: PortfolioFigures): string[] {
  return [
    `Portfolio: ${figures.sites} sites, ${figures.meters} meters, ${figures.years} reporting years`,
    line('', 'median', 'spread', ''),
    timesLine(
      '  emissions of a year by month, over HTTP',
      figures.emissions,
      `p99 ${milliseconds(figures.emissions.p99Ms)}`,
    ),
    timesLine('  the bare sum in SQL', figures.bareSum, `p99 ${milliseconds(figures.bareSum.p99Ms)}`),
    line('  emissions : bare sum', `${figures.emissionsOverBareSum.toFixed(2)} x`, '', 'bar: at most 3 x'),
  ];
}
