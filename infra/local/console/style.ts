import { operationsStyle } from '../../../functions/pages/operations/style.ts';

/** The console's one style sheet: that of the pages it shares with operations on AWS, and what only it has. */
export const style = `${operationsStyle}
.clockbar { border-bottom: 1px solid var(--bar-line); }
.clockbar > .wide { padding-bottom: .55rem; }
.clock { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; align-items: center; }
.clock .now { display: grid; flex: none; }
.clock .now b { font-size: 1.2rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.clock .now span { opacity: .85; font-size: .85rem; }
.clock .next { display: flex; gap: .35rem .8rem; align-items: center; flex: 1 1 20rem; min-width: 0; }
.clock .next button { flex: none; }
.agenda { position: relative; min-width: 0; flex: 1; font-size: .92rem; }
.agenda > summary { padding: .1rem 0; overflow: hidden; text-overflow: ellipsis; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.agenda .in { opacity: .85; }
.agenda ol {
  position: absolute; z-index: 3; left: 0; right: 0; margin: .3rem 0 0; padding: .6rem .8rem .6rem 2rem; max-height: 70vh; overflow: auto;
  background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: .6rem; box-shadow: 0 6px 24px #0005;
}
.agenda ol a { color: var(--link); }
.agenda li + li { margin-top: .4rem; }
.moves { display: flex; flex-wrap: wrap; gap: .35rem 1.2rem; margin-top: .45rem; }
.moves form { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; margin: 0; }
.moves label { display: flex; gap: .4rem; align-items: center; font-weight: 400; font-size: .9rem; }
.clockbar button { background: transparent; color: inherit; border-color: var(--bar-line); padding: .2rem .7rem; min-height: 2.2rem; font-size: .92rem; }
.clockbar button.first { background: var(--accent); border-color: var(--accent); color: #fff; }
@media (min-width: 48rem) { .clockbar { position: sticky; top: 0; z-index: 2; } }
@media (max-width: 47.99rem) {
  .clockbar, .clockbar > .wide { display: contents; }
  .clock { position: sticky; top: 0; z-index: 2; background: var(--bar); color: var(--on-bar); padding: .3rem 1rem .5rem; }
  .clock .now { flex: 1 1 100%; min-width: 0; }
  .clock .now b { font-size: 1.05rem; }
  .clock .next { flex-basis: 100%; }
  .filters > button { justify-self: start; }
  .moves { background: var(--bar); color: var(--on-bar); margin: 0; padding: .3rem 1rem .7rem; }
  .agenda ol { position: fixed; left: .5rem; right: .5rem; }
  .moves form { flex-wrap: nowrap; width: 100%; }
  .moves form:first-child button { flex: auto; padding: .2rem .2rem; font-size: .8rem; }
  .moves label { flex: 1; min-width: 0; white-space: nowrap; }
  .moves label > :last-child { flex: 1; min-width: 0; }
  .clock button, .moves button { background: transparent; color: inherit; border-color: var(--bar-line); }
}
button:disabled { opacity: .55; cursor: default; }
.bar :focus-visible { outline-color: #fff; }
label { font-weight: 600; }
select, textarea, input:not([type=checkbox], [type=radio], [type=hidden]) {
  font: inherit; color: inherit; background: var(--card); border: 1px solid #76839a; border-radius: .5rem; padding: .4rem .6rem; max-width: 100%;
}
.clockbar select, .clockbar input:not([type=checkbox], [type=radio], [type=hidden]) { min-height: 2.2rem; padding: .15rem .45rem; font-size: .92rem; background: var(--bar); color: inherit; border-color: var(--bar-line); color-scheme: dark; }
textarea { display: block; width: 100%; font-family: ui-monospace, Consolas, monospace; font-size: .9rem; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: end; margin: 0 0 .8rem; }
.controls label { display: grid; gap: .2rem; }
.controls select, .controls input { font-weight: 400; }
.controls .tick { display: flex; gap: .4rem; align-items: center; min-height: 2.6rem; }
.tick input { width: 1.15rem; height: 1.15rem; }
.filters { align-items: center; gap: .4rem 1rem; margin: 0 0 .5rem; }
.filters label { display: flex; align-items: center; gap: .4rem; font-size: .95rem; }
.filters select, .filters input[type=search] { padding: .2rem .5rem; min-height: 2.2rem; font-size: .95rem; }
.filters .tick { min-height: 2.2rem; }
@media (max-width: 47.99rem) {
  .filters { display: grid; grid-template-columns: minmax(0, 1fr) auto; }
  .filters > label:not(.tick) { grid-column: 1 / -1; display: grid; grid-template-columns: 5rem minmax(0, 1fr); }
}
.hero { font-size: 1.05rem; }
@media (min-width: 40rem) { .rows.two { columns: 2; column-gap: 2rem; } .rows.two > li { break-inside: avoid; } }
iframe { width: 100%; height: min(46rem, 75vh); border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
.fields { display: grid; gap: .6rem; justify-items: start; }
.fields label { display: grid; gap: .15rem; width: 100%; }
.fields select, .fields input { font-weight: 400; width: 100%; }
@media (min-width: 40rem) { .fields { grid-template-columns: 1fr 1fr; } }
.story { border-left: .35rem solid var(--accent); padding: .6rem 1rem; margin-bottom: .8rem; }
.story > div { flex: 1 1 20rem; min-height: 4.3rem; }
.story p { margin: 0 0 .2rem; }
.story > p:last-child { margin: 0; }
.inbox { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
.chosen { box-shadow: -.5rem 0 0 var(--card), -.75rem 0 0 var(--accent); }
.mail dl { margin-bottom: .6rem; }
@media (max-width: 61.99rem) { .inbox.reading .reader { order: -1; } .inbox:not(.reading) .reader { display: none; } }
@media (min-width: 62rem) {
  .inbox { grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); }
  .inbox > * { max-height: calc(100vh - 17rem); min-height: 24rem; overflow: auto; }
  .inbox iframe { height: max(16rem, calc(100vh - 33rem)); }
}
body[aria-busy] .clockbar { opacity: .75; }
`;
