import { type AnyLayout, layoutOfDocument } from '../../domain/upload/bill-layout.ts';
import type { KeptLayout } from '../../domain/upload/kept-layout.ts';

/** The layouts that stand now and have a header to be known by, and the one that $1 names. */
export const LIST_KEPT_LAYOUTS_SQL = `
select l.key as name, v.header, v.document
from layout l
join layout_version v on v.layout_id = l.id and v.superseded_by is null
where l.key = $1 or cardinality(v.header) > 0
order by l.key collate "C"`;

/** A row of that query; the document was checked when it was written. */
export type KeptLayoutRow = { name: string; header: string[]; document: AnyLayout };

/** A layout as the reader of an upload knows it. */
export function toKeptLayout({ name, header, document }: KeptLayoutRow): KeptLayout {
  return { name, header: header.length === 0 ? null : header, layout: layoutOfDocument(document) };
}
