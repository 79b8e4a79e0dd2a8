import { createHash } from 'node:crypto';

/** The console's one style sheet. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f9; --card: #fff; --ink: #1a2230; --soft: #4d5a6d; --line: #d3dae4;
  --accent: #1d4ed8; --on-accent: #fff; --link: #1d4ed8; --bar: #101c36; --on-bar: #f3f6fc; --bar-line: #5d6f97;
  --good: #14652f; --good-ground: #e4f4e9; --soon: #7a4b00; --soon-ground: #fdf1d8; --bad: #a3161f; --bad-ground: #fdeaea;
  --quiet-ground: #e8ecf2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151d; --card: #18202b; --ink: #e8edf4; --soft: #a9b5c6; --line: #334053;
    --accent: #2f62e4; --link: #8fb4ff; --bar: #0a1326;
    --good: #8fdca8; --good-ground: #15301f; --soon: #f4ca7a; --soon-ground: #362a10; --bad: #ffa3a6; --bad-ground: #3b191c;
    --quiet-ground: #263141;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
a { color: var(--link); }
.wide { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
.bar { background: var(--bar); color: var(--on-bar); }
.bar a { color: inherit; }
.bar .wide { padding-top: .7rem; padding-bottom: .8rem; }
.bar nav { display: flex; flex-wrap: wrap; gap: .25rem 1.2rem; align-items: baseline; }
.bar nav strong { font-size: 1.1rem; margin-right: auto; }
.bar nav strong a { text-decoration: none; }
.clock { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; margin: .5rem 0 .5rem; }
.clock b { font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.clock span { opacity: .85; font-size: .92rem; }
.moves { display: flex; flex-wrap: wrap; gap: .45rem; }
.moves button { background: transparent; color: inherit; border-color: var(--bar-line); padding: .35rem .8rem; min-height: 2.4rem; }
.moves button.first { background: var(--accent); border-color: var(--accent); color: #fff; }
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
button:disabled { opacity: .55; cursor: default; }
button:hover, .button:hover { filter: brightness(1.1); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.bar :focus-visible { outline-color: #fff; }
label { font-weight: 600; }
select, textarea, input[type=text] {
  font: inherit; color: inherit; background: var(--card); border: 1px solid #76839a; border-radius: .5rem; padding: .4rem .6rem; max-width: 100%;
}
textarea { display: block; width: 100%; font-family: ui-monospace, Consolas, monospace; font-size: .9rem; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: end; margin: 0 0 .8rem; }
.controls label { display: grid; gap: .2rem; }
.controls select { font-weight: 400; }
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
iframe { width: 100%; height: min(46rem, 75vh); border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; color: inherit; }
`;

/** For the content security policy. */
export const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
