import type { TestApp } from '../app.ts';
import { EXPECTED_QUESTIONS } from './expected-questions.ts';
import { sendSupplierFile } from './send-supplier-file.ts';
import type { SupplierLayout } from './supplier-layout.ts';

/** What became of the files of a layout, by layout and clock: what is asked, and the first meter-days that are wrong. */
export type Outcomes = Record<string, { asks: string; wrong: string[] }>;

const SHOWN_MAX = 2;

/** Sends a file of each layout in each of its clocks. */
export async function outcomesOf(service: TestApp, layouts: readonly SupplierLayout[]): Promise<Outcomes> {
  const outcomes: Outcomes = {};
  for (const layout of layouts) {
    for (const clock of layout.clocks) {
      const { asks, wrong } = await sendSupplierFile(service, layout, clock);
      outcomes[`${layout.name} ${clock}`] = { asks: asks.join(' '), wrong: wrong.slice(0, SHOWN_MAX) };
    }
  }
  return outcomes;
}

/** What should become of them: nothing is wrong, and little is asked. */
export function expectedOutcomes(layouts: readonly SupplierLayout[]): Outcomes {
  const names = layouts.flatMap(({ name, clocks }) => clocks.map((clock) => `${name} ${clock}`));
  return Object.fromEntries(names.map((name) => [name, { asks: EXPECTED_QUESTIONS[name] ?? '', wrong: [] }]));
}
