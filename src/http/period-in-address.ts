const PERIOD_IN_TWO = /^(\/v1\/other-emissions\/[^/?]+\/[^/?]+)\/([^/?]+)(?=$|\?)/;

/** The address in which the slash of a period such as 2024/25 is no slash of the path, as most people will write it. */
export function withPeriodWhole(url: string): string {
  return url.replace(PERIOD_IN_TWO, '$1%2F$2');
}
