/** How a statement looks, on a screen and on paper. Dark text on white, no colour carries a meaning. */
export const STYLE = `
:root { font: 100%/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
body { margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; border-bottom: 2px solid #1a1a1a; padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
.status { text-transform: capitalize; font-weight: 600; margin: 0 0 .25rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 1.5rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; font-weight: 400; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #bbb; vertical-align: top; }
thead th { font-weight: 600; border-bottom-color: #1a1a1a; }
tfoot th, tfoot td { font-weight: 700; border-top: 1px solid #1a1a1a; border-bottom: 2px solid #1a1a1a; }
.n { text-align: right; padding-right: 0; padding-left: .75rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; border-bottom: 1px solid #ddd; padding: .3rem 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.note { color: #444; font-size: .9rem; }
footer { margin-top: 2.5rem; font-size: .9rem; }
@media (max-width: 40rem) { dl div { grid-template-columns: 1fr; gap: 0; } }
@media print {
  @page { margin: 18mm; }
  :root { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3, caption { break-after: avoid; }
  tr, dl div { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
