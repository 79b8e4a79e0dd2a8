import { styleParts } from './style-parts.ts';
import { stylePrint } from './style-print.ts';
import { tokens } from './style-tokens.ts';

/** Text, headings, lists, and how a page divides its width. */
const base = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: var(--text-m)/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere;
}
.top, main, .foot { max-width: 46rem; margin: 0 auto; padding: 0 var(--space-4); }
.top { padding-top: var(--space-4); color: var(--soft); font-size: var(--text-s); font-weight: 600; }
.foot { padding-top: var(--space-4); padding-bottom: var(--space-6); color: var(--soft); font-size: var(--text-s); }
h1 { font-size: var(--text-xl); line-height: 1.25; margin: var(--space-1) 0 var(--space-3); text-wrap: balance; }
h2 { font-size: var(--text-l); line-height: 1.3; margin: 0 0 var(--space-3); }
h3 { font-size: var(--text-m); margin: var(--space-4) 0 var(--space-1); }
p, ul, ol { margin: 0 0 var(--space-3); }
ul, ol { padding-inline-start: 1.3rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
dl { margin: 0; }
dt { color: var(--soft); font-size: var(--text-s); margin-top: var(--space-3); }
dt:first-child { margin-top: 0; }
dd { margin: 0; }
dl + p { margin-top: var(--space-4); }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
main:focus { outline: none; }
@media (min-width: 40rem) {
  .card { padding: var(--space-5); }
  dl { display: grid; grid-template-columns: 12rem 1fr; gap: var(--space-2) var(--space-5); }
  dt { margin-top: 0; padding-top: .1rem; }
  .beside dl { display: block; }
  .beside dt { margin-top: var(--space-3); }
  .beside dt:first-child { margin-top: 0; }
}
@media (min-width: 68rem) {
  .wide .top, .wide main, .wide .foot { max-width: 74rem; }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: 0 var(--space-5); align-items: start; }
  .beside .card { padding: var(--space-4); }
}
`;

/** The one style sheet. Bundles have it without its blanks, packed. */
export const styleSheet = [tokens, base, styleParts, stylePrint].join('');
