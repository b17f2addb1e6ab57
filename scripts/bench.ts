import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { BENCH_USAGE, readBenchOptions } from './bench/bench-options.ts';
import { measurePortfolio, type PortfolioFigures } from './bench/measure-portfolio.ts';
import { measureUpload } from './bench/measure-upload.ts';
import { portfolioLines, uploadLines } from './bench/print-figures.ts';
import { startTemporaryService } from './bench/temporary-service.ts';

// Measures the service against the bars it has to keep, on an embedded database of its own. Everything that is compared
// is measured in the same run, in turn; ratios say more than times of one machine.
try {
  const options = readBenchOptions(process.argv.slice(2));
  const service = await startTemporaryService();
  try {
    const upload = await measureUpload(service, options);
    console.log(uploadLines(upload).join('\n'));
    let portfolio: PortfolioFigures | null = null;
    if (options.sites > 0) {
      portfolio = await measurePortfolio(service, options);
      console.log(`\n${portfolioLines(portfolio).join('\n')}`);
    }
    const machine = { node: process.version, cores: availableParallelism() };
    writeFileSync(options.output, `${JSON.stringify({ machine, upload, portfolio }, null, 2)}\n`);
    console.log(`\nWritten to ${options.output}.`);
  } finally {
    await service.close();
  }
} catch (error) {
  console.error((error as Error).message);
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) console.error(BENCH_USAGE);
  process.exitCode = 1;
}
