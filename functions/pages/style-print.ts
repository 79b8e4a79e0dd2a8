/** How pages print, and how they look to people who asked for less motion or for colors of their own, as CSS. */
export const stylePrint = `
@media (prefers-reduced-motion: no-preference) {
  button, .button, input, select, textarea, summary { transition: background-color .12s, border-color .12s; }
}
@media (forced-colors: active) {
  .card, .note, .badge { border: 1px solid CanvasText; }
  .note { border-inline-start-width: 6px; }
  .phases li { border-top-color: GrayText; }
  .phases .now, .phases .done { border-top-color: Highlight; }
  [aria-invalid=true] { outline: 2px solid Mark; }
}
@media print {
  @page { margin: 14mm; }
  :root {
    color-scheme: light; --ground: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #999; --link: #000;
    --good: #000; --good-ground: #fff; --soon: #000; --soon-ground: #fff; --bad: #000; --bad-ground: #fff;
  }
  .top, .foot, .no-print, .skip { display: none; }
  details.printed::details-content { content-visibility: visible; block-size: auto; }
  body { background: none; font-size: 10.5pt; line-height: 1.4; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 16pt; margin-bottom: 6pt; }
  h2 { font-size: 12pt; margin-bottom: 3pt; break-after: avoid; }
  .card { border: 0; padding: 0; margin: 8pt 0; box-shadow: none; }
  .brief { font-size: 8.5pt; line-height: 1.28; }
  .brief h2 { font-size: 9.5pt; margin: 0 0 1pt; }
  .brief .card { margin: 4pt 0; }
  .brief dl { display: block; }
  .brief dt, .brief dd { display: inline; font-size: inherit; }
  .brief dt { font-weight: 600; }
  .brief dt::after { content: ": "; }
  .brief dd::after { content: "\\A"; white-space: pre; }
  .brief .sections { columns: 2; column-gap: 8mm; }
  .plan { font-size: 10pt; line-height: 1.35; }
  .plan h3 { margin: .7rem 0 .15rem; break-after: avoid; }
  .plan ul { margin: 0; }
  .plan li, dd { break-inside: avoid; }
}
`;
