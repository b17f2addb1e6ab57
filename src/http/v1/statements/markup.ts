/** A piece of HTML that is safe to put into a page. */
export type Markup = { html: string };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it stands in HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function shown(value: Markup | string | number | null | readonly Markup[]): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map(({ html }) => html).join('');
}

/** HTML from a template: whatever is put in and is not markup itself is escaped. */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (Markup | string | number | null | readonly Markup[])[]
): Markup {
  return { html: parts.map((part, index) => (index === 0 ? part : shown(values[index - 1] ?? null) + part)).join('') };
}

/** A column of a printed table; numbers stand to the right. */
export type PrintColumn = { header: string; isNumber?: boolean };

/** A table with a caption and headed rows; nothing where there are no rows. */
export function table(
  caption: string,
  columns: readonly PrintColumn[],
  rows: readonly (readonly (string | Markup)[])[],
  total?: readonly string[],
): Markup {
  const cell = (value: string | Markup, index: number): Markup => {
    if (index === 0) return markup`<th scope="row">${value}</th>`;
    return columns[index]?.isNumber === true ? markup`<td class="n">${value}</td>` : markup`<td>${value}</td>`;
  };
  const heads = columns.map(({ header, isNumber }) =>
    isNumber === true ? markup`<th scope="col" class="n">${header}</th>` : markup`<th scope="col">${header}</th>`,
  );
  const body = rows.map((row) => markup`<tr>${row.map(cell)}</tr>\n`);
  const foot = total === undefined ? null : markup`<tfoot><tr>${total.map(cell)}</tr></tfoot>`;
  return markup`<table><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>\n${body}</tbody>${foot}</table>\n`;
}

/** Names and values side by side. */
export function definitions(entries: readonly (readonly [string, string | Markup])[]): Markup {
  return markup`<dl>${entries.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>\n`;
}

/** Entries one below the other; what is said where there are none. */
export function list(entries: readonly string[], none: string | null): Markup {
  if (entries.length === 0) return none === null ? markup`` : markup`<p>${none}</p>\n`;
  return markup`<ul>${entries.map((entry) => markup`<li>${entry}</li>\n`)}</ul>\n`;
}
