/**
 * The parts that only report pages have, as CSS beside the one style sheet: navigation, figures, tables, charts, the heat map. The
 * steps of the heat map come in pairs of ground and ink, light and dark; each text on them has 4.5:1 and more.
 */
export const reportStyle = `
:root {
  --heat-a: #fdf3ea; --heat-a-ink: #1a2230; --heat-b: #fbdcc2; --heat-b-ink: #1a2230; --heat-c: #f5b285; --heat-c-ink: #1a2230;
  --heat-d: #b5421c; --heat-d-ink: #ffffff; --heat-e: #7a1712; --heat-e-ink: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --heat-a: #2a2320; --heat-a-ink: #e8edf4; --heat-b: #472c1e; --heat-b-ink: #ffffff; --heat-c: #743b1d; --heat-c-ink: #ffffff;
    --heat-d: #e58a50; --heat-d-ink: #10151d; --heat-e: #ffc79f; --heat-e-ink: #10151d;
  }
}
.report .top, .report main, .report .foot { max-width: 74rem; }
.report .where { margin-top: var(--space-3); }
.pages { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); margin: 0 0 var(--space-3); padding: 0; list-style: none; border-bottom: 1px solid var(--line); }
.pages a { display: block; padding: var(--space-2) 0; text-decoration: none; border-bottom: .2rem solid transparent; }
.pages a:hover { border-bottom-color: var(--edge); }
.pages a[aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent); }
.filters { display: grid; gap: var(--space-3) var(--space-4); grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr)); align-items: end; }
.filters .field { margin: 0; }
.filters .long { grid-column: 1 / -1; max-width: 32rem; }
.filters .buttons { margin: 0; align-items: center; }
.chosen { margin: 0 0 var(--space-2); }
.report h2 { scroll-margin-top: var(--space-4); }
.lead { font-size: var(--text-l); }
.figures { display: grid; gap: var(--space-4); grid-template-columns: repeat(auto-fill, minmax(min(12.5rem, 100%), 1fr)); list-style: none; margin: 0 0 var(--space-4); padding: 0; }
.figures > li { border: 1px solid var(--line); border-radius: var(--round); padding: var(--space-3) var(--space-4); background: var(--card); display: flex; flex-direction: column; }
.figures h3 { margin: 0; font-size: var(--text-m); font-weight: 600; }
.figures p { margin: 0; }
.figures .number { font-size: var(--text-xl); font-weight: 700; line-height: 1.3; }
.figures .number a { color: inherit; }
.figures svg { width: 100%; height: auto; margin-top: auto; padding-top: var(--space-2); }
.graphs { display: grid; gap: var(--space-4) var(--space-5); grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); align-items: start; }
.graph { margin: 0 0 var(--space-3); }
.drawn { max-width: 28rem; }
.graph figcaption { font-weight: 600; margin-bottom: var(--space-1); }
.graph svg { display: block; width: 100%; height: auto; }
.graph svg text, .figures svg text { font-size: 12px; fill: var(--soft); font-family: inherit; }
.graph .value { fill: var(--ink); }
.axis { stroke: var(--line); stroke-width: 1; fill: none; }
.line-1 { fill: none; stroke: var(--link); stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
.line-2 { fill: none; stroke: var(--soft); stroke-width: 2; stroke-dasharray: 5 4; stroke-linejoin: round; }
.dot-1 { fill: var(--link); }
.dot-2 { fill: var(--soft); }
.dot-few { fill: var(--card); stroke: var(--link); stroke-width: 1.5; }
.bar-1 { fill: var(--link); }
.bar-2 { fill: var(--edge); }
.bar-few { fill-opacity: .45; stroke: var(--link); stroke-dasharray: 3 2; }
.mark { stroke: var(--soon); stroke-width: 1.5; stroke-dasharray: 2 3; }
.scroll { overflow-x: auto; margin: 0 0 var(--space-3); }
.scroll:focus-visible { outline-offset: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: start; font-weight: 600; padding-bottom: var(--space-2); }
th, td { text-align: start; vertical-align: top; padding: var(--space-2) var(--space-3); border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-inline-start: 0; }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th { color: var(--soft); font-size: var(--text-s); vertical-align: bottom; }
tbody th { font-weight: 600; }
th.num, td.num { text-align: end; }
td.num { white-space: nowrap; }
th a[aria-sort], th[aria-sort] a { color: var(--ink); }
td .soft, th .soft { display: block; font-size: var(--text-s); font-weight: 400; }
td form { margin: 0; }
td time { white-space: nowrap; }
td .way { min-width: 13rem; }
.way { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-3); align-items: center; justify-content: space-between; }
.needs { list-style: none; margin: 0; padding: 0; }
.needs li { border-top: 1px solid var(--line); padding: var(--space-3) 0; }
.needs li:first-child { border-top: 0; padding-top: 0; }
.needs h3 { margin: 0; }
.needs p { margin: 0 0 var(--space-1); }
table details { border: 0; }
table summary { padding: 0; margin: 0; font-weight: 400; }
table details p { margin: var(--space-1) 0 0; }
td .hint { margin: 0; }
.num .few { display: block; }
.few { font-weight: 400; font-size: var(--text-s); color: var(--soft); white-space: nowrap; }
.heat td, .heat thead th { text-align: center; min-width: 3.6rem; padding: var(--space-2) var(--space-1); }
.heat thead th:first-child { text-align: start; }
.heat td { border: 2px solid var(--card); border-radius: .4rem; }
.heat td a { color: inherit; display: block; text-decoration: none; }
.heat td a span { text-decoration: underline; text-underline-offset: .15em; }
.heat td a:hover { text-decoration: underline; }
.heat td small { display: block; font-size: .75rem; }
.heat tbody th { min-width: 9rem; padding-inline-end: var(--space-3); }
.heat-0 { color: var(--soft); }
.heat-1 { background: var(--heat-a); color: var(--heat-a-ink); }
.heat-2 { background: var(--heat-b); color: var(--heat-b-ink); }
.heat-3 { background: var(--heat-c); color: var(--heat-c-ink); }
.heat-4 { background: var(--heat-d); color: var(--heat-d-ink); }
.heat-5 { background: var(--heat-e); color: var(--heat-e-ink); }
.legend { display: flex; flex-wrap: wrap; gap: var(--space-2); list-style: none; padding: 0; font-size: var(--text-s); }
.legend li { padding: .1rem var(--space-3); border-radius: .4rem; border: 1px solid var(--line); }
.definitions > div { border-top: 1px solid var(--line); padding: var(--space-4) 0; scroll-margin-top: var(--space-4); }
.definitions > div:first-child { border-top: 0; padding-top: 0; }
.definitions h3 { margin: 0 0 var(--space-1); }
@media (min-width: 56rem) {
  .card > .graph { display: grid; gap: 0 var(--space-6); grid-template-columns: minmax(0, 28rem) minmax(0, 1fr); }
  .card > .graph figcaption { grid-column: 1 / -1; }
}
.keys { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-5); margin: 0 0 var(--space-2); }
.keys div { display: block; }
.keys dt { margin: 0; padding: 0; }
.keys dd { font-weight: 600; font-size: var(--text-l); }
@media (max-width: 40rem) { th, td { padding: var(--space-2); } .report .card { padding: var(--space-3); } }
@media (forced-colors: active) {
  .heat td { border: 1px solid CanvasText; }
  .line-1, .line-2 { stroke: CanvasText; }
  .dot-1, .dot-2, .bar-1, .bar-2 { fill: CanvasText; }
}
@media print {
  .scroll { overflow: visible; }
  .report table { font-size: 9pt; }
  .report table .few, .report table .soft, .report table .hint { font-size: 8pt; }
  .report table details { display: none; }
  .figures { grid-template-columns: repeat(3, 1fr); gap: 6pt; }
  .figures > li, .graph, tr, .definitions > div { break-inside: avoid; }
  .heat td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .report a { text-decoration: none; }
}
`;
