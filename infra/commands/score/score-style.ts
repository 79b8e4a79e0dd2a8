/** What the page of scores has beside the style of every page: its tables, on screens, phones and paper. */
export const scoreStyle = `
.scores table { border-collapse: collapse; width: 100%; }
.scores th, .scores td { text-align: start; vertical-align: top; padding: var(--space-2) var(--space-3) var(--space-2) 0; border-top: 1px solid var(--line); }
.scores thead th { border-top: 0; color: var(--soft); font-size: var(--text-s); }
.scores .number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.scores .points { font-size: var(--text-l); font-weight: 600; }
.scores tbody th { font-weight: 600; width: 30%; }
.scores tbody th .soft, .scores .number .soft { display: block; font-weight: 400; font-size: var(--text-s); }
.scores td p { margin: 0 0 var(--space-1); }
.scores td p:last-child { margin: 0; }
.figures { display: grid; gap: var(--space-3) var(--space-5); grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); margin: 0; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.figures dt { margin: 0; padding: 0; }
.figures dd { font-size: var(--text-xl); font-weight: 600; }
@media (max-width: 40rem) {
  .scores thead { position: absolute; left: -999rem; }
  .scores tr { display: block; border-top: 1px solid var(--line); padding: var(--space-3) 0; }
  .scores th, .scores td { display: block; width: auto; border: 0; padding: var(--space-1) 0; }
  .scores tbody th { width: auto; }
  .scores .number .soft { display: inline; }
  .scores td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-size: var(--text-s); }
}
@media print {
  .scores { font-size: 9pt; line-height: 1.3; }
  .scores tr { break-inside: avoid; }
  .scores tbody th .soft, .scores .number .soft, .scores thead th { font-size: 8pt; }
  .note dl { font-size: 8pt; }
  .scores thead { display: table-header-group; }
  .figures { grid-template-columns: repeat(3, 1fr); }
  .figures dd { font-size: 14pt; }
}
`;
