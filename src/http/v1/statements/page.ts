import { definitions, list, type Markup, markup } from './markup.ts';
import { printedFigures, type Stated } from './page-figures.ts';
import { printedQuality } from './page-quality.ts';
import { quantity, tonnes } from './print-numbers.ts';
import type { StatementAnswer } from './schemas.ts';
import { STYLE } from './style.ts';

function baseline({ baseline: stated }: Stated): string {
  const original = `${stated?.period}, ${stated?.kind}: ${tonnes(stated?.exactKgCo2e ?? null)} tCO2e`;
  const recalculation = stated?.recalculation;
  const status = recalculation?.status ?? 'none';
  if (status === 'none') return original;
  const changes = [...(recalculation?.events ?? [])].map(({ name, reason, on }) => `${name} ${reason} on ${on}`);
  return `${original}; with transfers (${status}) ${tonnes(recalculation?.recalculated?.exactKgCo2e ?? null)} tCO2e: ${changes.join(', ')}`;
}

function target({ target: stated }: Stated): Markup {
  if (stated === null || stated === undefined) return markup`<p>No target is stated.</p>\n`;
  return definitions([
    ['Target', String(stated.name)],
    ['Source', String(stated.source)],
    ['Baseline', baseline(stated)],
    [
      'Allowed',
      stated.allowedKgCo2e === null ? 'not given for this period' : `${tonnes(String(stated.allowedKgCo2e))} tCO2e`,
    ],
    [
      'Actual',
      stated.actualKgCo2e === null
        ? 'not known'
        : `${tonnes(String(stated.actualKgCo2e))} tCO2e, ${stated.basis}-based`,
    ],
    ['Verdict', [String(stated.verdict ?? 'none'), ...(stated.reasons ?? [])].join(': ')],
  ]);
}

const kg = (amount: unknown): string => (amount === null ? 'size not known' : `${tonnes(String(amount))} tCO2e`);

function methods(content: Stated): Markup {
  const { methods: stated, assurance } = content;
  const editions = [...(stated?.editions ?? [])].map(
    (edition) => `${edition.title}, version ${edition.version} (${edition.publisher}; GWP ${edition.gwp})`,
  );
  return markup`${definitions([
    ['Factors', `${stated?.factorPolicy}: ${stated?.factorPolicyMeans}`],
    ['Precision', String(stated?.factors)],
    ['Global warming potentials', String(stated?.gwp)],
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
    [...(content.overrides ?? [])]
      .filter(({ detail }) => detail !== null)
      .map((one) => `${one.blocker} (${one.detail}): ${one.reason}`),
    'Nothing stood against it.',
  )}`;
}

function outside({ outsideBoundary }: Stated): Markup | null {
  const rows = [...(outsideBoundary ?? [])].map(
    (row) =>
      `${row.name}: ${quantity(row.quantity ?? '0')} ${row.unit} of ${row.activity}, ${[...(row.reasons ?? [])].join(', ')}`,
  );
  return rows.length === 0 ? null : markup`<h3>Metered, but outside the boundary</h3>${list(rows, null)}`;
}

/** How the boundary was drawn; with the days of each where that changed (rule D2). */
function consolidation({ consolidation: applied }: Stated): string {
  const all = [...(applied ?? [])];
  const one = ({ approach, from, to }: Stated): string =>
    `${approach}${all.length === 1 ? '' : ` from ${from} to ${to}, end exclusive`}`;
  return all.map(one).join('; ');
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
<section><h2>Figures</h2>${printedFigures(content)}<p class="note">Every number is rounded half-up from its exact value, and totals from the exact total. The components of a total may therefore differ from it by up to 0.0005 × (n + 1) tonnes, n being their number.</p></section>
<section><h2>Boundary</h2><p>${String(content.boundary)}</p>${definitions([['Consolidation', consolidation(content)]])}<h3>Exclusions</h3>${list(
    [...(content.exclusions ?? [])].map((one) => `${one.what}: ${one.reason} (${kg(one.estimatedKgCo2e)})`),
    'The author excludes nothing.',
  )}${outside(content)}</section>
<section><h2>Target</h2>${target(content)}</section>
<section><h2>Data quality</h2>${printedQuality(content)}</section>
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
