/** What a run of tap came to. `emptyFiles` are test files in which no test ran. */
export type TestCounts = { passed: number; failed: number; emptyFiles: string[] };

/**
 * Counts the assertions in raw TAP output. The line that sums up a subtest counts only when it failed although no
 * assertion in it did: a timeout, a crash, an unmet plan. Skipped and todo assertions count as neither.
 */
export function countTests(tap: string): TestCounts {
  const counts: TestCounts = { passed: 0, failed: 0, emptyFiles: [] };
  // For each depth: was there a subtest since the last line of that depth, and did anything in it fail?
  const inside: ({ hasFailed: boolean } | undefined)[] = [];
  let isInDiagnostics = false;
  for (const line of tap.split('\n')) {
    if (/^\s*---$/.test(line)) isInDiagnostics = true;
    if (/^\s*\.\.\.$/.test(line)) isInDiagnostics = false;
    const point = isInDiagnostics ? null : /^(?<indent> *)(?<result>ok|not ok) \d+(?: - (?<name>.*))?$/.exec(line);
    if (point?.groups === undefined) continue;
    const { indent = '', result, name = '' } = point.groups;
    const depth = indent.length / 4;
    const subtest = inside[depth];
    inside[depth] = undefined;
    const isFailure = result === 'not ok' && !/ # (SKIP|TODO)/i.test(name);
    if (isFailure && subtest?.hasFailed !== true) counts.failed++;
    if (result === 'ok' && subtest === undefined && !/ # (SKIP|TODO)/i.test(name)) counts.passed++;
    if (depth === 0 && / # SKIP no tests found/i.test(name)) counts.emptyFiles.push(name.replace(/ # .*$/, ''));
    if (depth > 0) inside[depth - 1] = { hasFailed: isFailure || inside[depth - 1]?.hasFailed === true };
  }
  return counts;
}
