/** How the board and the pages of handoffs look to operations, in every place that shows them. */
export const operationsStyle = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f9; --card: #fff; --ink: #1a2230; --soft: #4d5a6d; --line: #d3dae4;
  --accent: #1d4ed8; --on-accent: #fff; --link: #1d4ed8; --bar: #101c36; --on-bar: #f3f6fc; --bar-line: #5d6f97;
  --good: #14652f; --good-ground: #e4f4e9; --soon: #7a4b00; --soon-ground: #fdf1d8; --bad: #a3161f; --bad-ground: #fdeaea;
  --quiet-ground: #e8ecf2; --column: #e9edf3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151d; --card: #18202b; --ink: #e8edf4; --soft: #a9b5c6; --line: #334053;
    --accent: #2f62e4; --link: #8fb4ff; --bar: #0a1326;
    --good: #8fdca8; --good-ground: #15301f; --soon: #f4ca7a; --soon-ground: #362a10; --bad: #ffa3a6; --bad-ground: #3b191c;
    --quiet-ground: #263141; --column: #141b25;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
a { color: var(--link); }
.wide { max-width: 84rem; margin: 0 auto; padding: 0 1rem; }
.bar { background: var(--bar); color: var(--on-bar); }
.bar a { color: inherit; }
.bar nav { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; align-items: baseline; padding: .55rem 0 .3rem; }
.bar nav a { text-decoration: none; padding: .1rem 0; border-bottom: 2px solid transparent; }
.bar nav a:hover, .bar nav a[aria-current] { border-bottom-color: currentColor; }
.bar nav strong { font-size: 1.1rem; margin-right: auto; }
.bar nav strong span { font-weight: 400; opacity: .8; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 1.2rem 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .7rem; }
h3 { font-size: 1rem; margin: 0 0 .2rem; }
p { margin: 0 0 .7rem; }
main { padding-top: .3rem; padding-bottom: 3rem; }
main > p.small:first-child { margin: .9rem 0 -.6rem; }
.columns { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 62rem) { .columns { grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); } }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.1rem; margin: 0 0 1rem; min-width: 0; }
.soft { color: var(--soft); }
.small { font-size: .9rem; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows > li { border-top: 1px solid var(--line); padding: .65rem 0; }
.rows > li:first-child { border-top: 0; padding-top: 0; }
.rows > li:last-child { padding-bottom: 0; }
.line { display: flex; flex-wrap: wrap; gap: .15rem .6rem; align-items: center; }
.line > .end { margin-left: auto; }
.steps { list-style: none; margin: .35rem 0 0; padding: 0; }
.steps li { display: flex; flex-wrap: wrap; gap: .15rem .6rem; align-items: center; padding: .2rem 0; }
.badge { display: inline-block; border-radius: 1rem; padding: .05rem .6rem; font-weight: 600; font-size: .82rem; background: var(--quiet-ground); color: var(--ink); }
.good { color: var(--good); background: var(--good-ground); }
.soon { color: var(--soon); background: var(--soon-ground); }
.bad { color: var(--bad); background: var(--bad-ground); }
.note { border-radius: .6rem; padding: .75rem 1rem; margin: 1rem 0; }
.note > :last-child { margin-bottom: 0; }
.note a { color: inherit; }
button, .button {
  font: inherit; font-weight: 600; cursor: pointer; border-radius: .5rem; padding: .45rem 1rem; min-height: 2.6rem; line-height: 1.4;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); text-decoration: none; display: inline-block;
}
button.quiet, .button.quiet { background: transparent; color: var(--link); border-color: var(--link); }
.button.slim, button.slim { padding: .15rem .7rem; min-height: 2rem; font-size: .9rem; }
button:hover, .button:hover { filter: brightness(1.1); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.line.head { margin-top: 1rem; }
.line.head h1 { margin: 0 0 .3rem; }
.board { display: grid; gap: .6rem; grid-template-columns: minmax(0, 1fr); align-items: start; margin-bottom: 1rem; }
.column { background: var(--column); border-radius: .75rem; padding: .6rem .6rem .7rem; min-width: 0; }
.column h2 { font-size: .98rem; margin: 0 0 .5rem; padding: 0 .2rem; }
.column.empty h2 { margin: 0; color: var(--soft); font-weight: 600; }
.column > p { margin: .6rem .2rem 0; font-size: .9rem; }
.column.alone { margin-bottom: 1rem; }
@media (min-width: 56rem) {
  .board { display: flex; }
  .board .column { flex: 1 1 11.5rem; }
  .board .column.empty { flex: 0 0 auto; }
}
.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); }
.handoff { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: .5rem; padding: .5rem .6rem; min-width: 0; }
.handoff.stalled, .handoff.late { border-left-color: var(--bad); }
.handoff.waiting { border-left-color: var(--soon); }
.handoff.ended { border-left-color: var(--good); }
.handoff .name { font-weight: 600; }
.handoff .steps { margin-top: .2rem; }
.handoff .steps li { padding: .25rem 0 0; gap: .05rem .5rem; line-height: 1.35; }
.handoff .line { gap: .05rem .5rem; }
.handoff .badge { font-size: .78rem; padding: 0 .5rem; }
.handoff p { margin: .2rem 0 0; }
.id { font-family: ui-monospace, Consolas, monospace; font-size: .82rem; }
.warned { color: var(--bad); font-weight: 600; }
.unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem .45rem 0; border-top: 1px solid var(--line); }
tbody th .soft { font-weight: 400; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
td.narrow { white-space: nowrap; }
@media (max-width: 45rem) {
  table.stack thead { position: absolute; left: -999rem; }
  table.stack tr { display: block; border-top: 1px solid var(--line); padding: .6rem 0; }
  table.stack td, table.stack th { display: block; border: 0; padding: .1rem 0; white-space: normal; }
  table.stack td[data-label]:not(:empty)::before { content: attr(data-label) ": "; color: var(--soft); font-size: .9rem; }
}
dl { margin: 0; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
@media (max-width: 34rem) { dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .45rem; } }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0 0; font: .88rem/1.45 ui-monospace, Consolas, monospace; }
details > summary { cursor: pointer; padding: .3rem 0; }
details.part { border-top: 1px solid var(--line); }
details.part > summary { font-weight: 600; padding: .6rem 0; }
.crumb { margin: .7rem 0 -.4rem; }
.phases { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem; padding: 0; margin: 0 0 .8rem; font-size: .88rem; }
.phases li { padding: .15rem .8rem; border-radius: 1rem; background: var(--quiet-ground); color: var(--soft); }
.phases .done { background: var(--good-ground); color: var(--good); }
.phases .at { background: var(--accent); color: #fff; font-weight: 600; }
.tabs { display: flex; flex-wrap: wrap; gap: .2rem; margin: 0 0 .6rem; border-bottom: 1px solid var(--line); }
.tabs a { padding: .35rem .75rem; text-decoration: none; border-radius: .5rem .5rem 0 0; }
.tabs a[aria-current] { background: var(--accent); color: #fff; font-weight: 600; }
.timeline { list-style: none; margin: 0; padding: 0 0 0 .9rem; border-left: 2px solid var(--line); }
.timeline li { padding: .25rem 0; }
.timeline li + li > .soft:first-child { margin-top: .6rem; }
.picture.whole { max-height: 40rem; }
.picture { overflow: auto; border: 1px solid var(--line); border-radius: .5rem; }
.picture svg { display: block; }
.picture + p { margin: .5rem 0 0; }
.picture .past > path, .picture .past > polygon { stroke-width: 2.5px; }
.picture .edge.past > path, .picture .edge.past > polygon { stroke: var(--link); }
.picture .edge.past > polygon { fill: var(--link); }
.picture .node:not(.past, .now) { opacity: .55; }
.picture .edge:not(.past) { opacity: .4; }
.picture.steps-only .edge, .picture.steps-only .node:not(.step, .past, .now) { opacity: .75; }
.picture .node.late > path, .picture .node.late > polygon { stroke: var(--bad); fill: var(--bad-ground); stroke-width: 3px; }
.picture .node.now > path, .picture .node.now > polygon, .picture .node.now > ellipse { stroke: var(--accent); stroke-width: 5px; }
.legend { color: var(--soft); display: flex; flex-wrap: wrap; align-items: center; gap: .2rem .35rem; }
.legend i { width: .9rem; height: .9rem; border-radius: .25rem; border: 3px solid var(--accent); margin-left: .5rem; }
.legend .past { border: 2px solid var(--link); }
.legend .late { border: 2px solid var(--bad); background: var(--bad-ground); }
@media (min-width: 62rem) {
  .handoff-page { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .handoff-page > :last-child > [data-live] { max-height: calc(100vh - 13rem); min-height: 24rem; overflow: auto; }
}
.chips { display: flex; flex-wrap: wrap; gap: .3rem; margin: 0 0 .7rem; }
.chips a { padding: .1rem .7rem; border-radius: 1rem; background: var(--quiet-ground); text-decoration: none; }
.chips a[aria-current] { background: var(--accent); color: #fff; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; display: block; padding: .4rem 1rem; }
`;
