import { DEMO_TARGET } from './load-target.ts';

/** What is printed once the demonstration can be tried: where it is, a key, and four questions to ask. */
export function nextSteps(baseUrl: string, key: string): string {
  const curl = (path: string) => `  curl -H 'Authorization: Bearer ${key}' '${baseUrl}${path}'`;
  return `
Everything here is synthetic: no building, meter or figure is real.

  Service    ${baseUrl}
  Reference  ${baseUrl}/docs
  Read key   ${key}

Emissions of each portfolio, year by year:
${curl('/v1/emissions?period=2022-04-01/2026-04-01&interval=year&groupBy=portfolio')}

One leisure centre by month and scope; a trust took it over on 1 October 2024:
${curl('/v1/emissions?period=2024/25&interval=month&site=LEI-01')}

What the change since 2022/23 is made of: buildings that came and went, factors, weather, use:
${curl('/v1/emissions/change?period=2025/26&comparedWith=2022/23')}

How the synthetic target stands:
${curl(`/v1/targets/${DEMO_TARGET}/progress`)}
`;
}
