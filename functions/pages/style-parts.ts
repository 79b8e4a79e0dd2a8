/** The parts that pages are built of, as CSS; the README of this folder describes each. */
export const styleParts = `
.card { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); padding: var(--space-4); margin: var(--space-4) 0; }
.card > :last-child, .card > form > :last-child { margin-bottom: 0; }
.where { color: var(--soft); margin: var(--space-4) 0 0; }
.soft, .hint { color: var(--soft); }
.hint { font-size: var(--text-s); margin: 0 0 var(--space-2); }
.lines { white-space: pre-line; }
.badge { display: inline-block; border-radius: 1rem; padding: .1rem .65rem; font-weight: 600; font-size: var(--text-s); }
.good { color: var(--good); background: var(--good-ground); }
.soon { color: var(--soon); background: var(--soon-ground); }
.bad { color: var(--bad); background: var(--bad-ground); }
.note { border-radius: var(--round); border-inline-start: .3rem solid currentColor; padding: var(--space-3) var(--space-4); margin: var(--space-4) 0; }
.note:not(.good, .soon, .bad) { background: var(--sunken); border-inline-start-color: var(--edge); }
.note > :last-child { margin-bottom: 0; }
.note a { color: inherit; }
.note h2 { margin-bottom: var(--space-2); }
.due { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-3); align-items: baseline; margin-bottom: var(--space-1); }
.due strong { font-size: var(--text-l); }
.badge.now { color: var(--link); background: var(--accent-ground); }
.badge.quiet { color: var(--soft); background: var(--sunken); }
.phases { display: flex; gap: var(--space-1); list-style: none; margin: 0 0 var(--space-2); padding: 0; }
.phases li { flex: 1 1 0; border-top: .4rem solid var(--line); border-radius: .2rem; }
.phases .done { border-top-color: var(--good); }
.phases .now { border-top-color: var(--accent); }
.steps { list-style: none; margin: 0 0 var(--space-3); padding: 0; }
.steps li { display: grid; grid-template-columns: 5.5rem 1fr; gap: var(--space-2); align-items: start; padding: var(--space-2) 0; }
.steps .badge { justify-self: start; white-space: nowrap; }
.steps strong, .steps .soft { display: block; }
.steps strong { font-weight: 600; }
.steps .soft { font-size: var(--text-s); }
.steps [aria-current] strong::after { content: " (this page)"; font-weight: 400; color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.missing { color: var(--bad); font-style: italic; }
.problems { border: 2px solid var(--bad); }

.field { margin: 0 0 var(--space-4); }
label, legend { font-weight: 600; }
legend { padding: 0; }
fieldset { border: 0; padding: 0; margin: 0 0 var(--space-4); min-width: 0; }
.field > label[for] { display: block; margin-bottom: var(--space-1); }
.section { border-top: 1px solid var(--line); padding-top: var(--space-4); margin-top: var(--space-5); }
.card > h2 + .section { border-top: 0; padding-top: 0; margin-top: var(--space-3); }
.section > legend { font-size: var(--text-l); padding-inline-end: var(--space-2); }
.optional { font-weight: 400; color: var(--soft); }
.review { padding-top: var(--space-3); margin: 0; }
.review > legend { font-size: var(--text-m); float: left; width: 100%; }
.review > .field { clear: both; margin: 0; }
.review > .field > legend { position: absolute; clip-path: inset(50%); }
.review summary { font-weight: 400; padding: .625rem 0; }
input:not([type]), input[type=text], input[type=url], input[type=number], input[type=date], input[type=datetime-local], select, textarea {
  display: block; width: 100%; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--edge); border-radius: .5rem; padding: .55rem .7rem; min-height: 2.75rem;
}
input:hover, select:hover, textarea:hover { border-color: var(--link); }
input[type=number] { max-width: 8rem; }
input[type=date], input[type=datetime-local] { max-width: 17rem; }
textarea { resize: vertical; }
input[aria-invalid=true], select[aria-invalid=true], textarea[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
fieldset[aria-invalid=true] { border: 0; border-inline-start: .25rem solid var(--bad); padding-inline-start: var(--space-3); }
.error { color: var(--bad); font-weight: 600; margin: 0 0 var(--space-2); }
.option { display: flex; gap: .6rem; align-items: flex-start; padding: .4rem 0; font-weight: 400; min-height: 2rem; }
.option input { flex: none; width: 1.35rem; height: 1.35rem; margin: .05rem 0 0; accent-color: var(--accent); }
[data-note]:empty { display: none; }
[data-note] { margin: calc(-1 * var(--space-3)) 0 var(--space-4); }
blockquote { margin: 0 0 var(--space-3); padding-inline-start: var(--space-3); border-inline-start: .2rem solid currentColor; }
.asked { border-inline-start: .25rem solid var(--soon); padding-inline-start: var(--space-3); margin: 0 0 var(--space-4); }
.asked p { margin-bottom: var(--space-2); }
.rivals { border: 1px solid var(--edge); border-radius: var(--round); padding: var(--space-3) var(--space-4); }
.sides .note { margin: 0; }
.note .hint { color: inherit; }
.sides { display: grid; gap: var(--space-2) var(--space-4); grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); margin-bottom: var(--space-3); }
.ways { list-style: none; padding: 0; display: grid; gap: var(--space-1) var(--space-4); grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); }
.ways li { display: flex; justify-content: space-between; gap: var(--space-2); align-items: baseline; }
.ways .badge { flex: none; white-space: nowrap; }
.section { scroll-margin-top: var(--space-4); }
.section > .hint { margin-bottom: var(--space-3); }
.section > .buttons { margin-bottom: var(--space-4); }
.section > legend .badge { font-weight: 600; margin-inline-start: var(--space-1); }
.preview { border-top: 1px solid var(--line); padding-top: var(--space-4); margin: 0 0 var(--space-4); }
.preview h3 { margin-top: 0; }
.preview:focus { outline: none; }
.preview iframe { display: block; width: 100%; height: 32rem; max-height: 80vh; margin: var(--space-3) 0; border: 1px solid var(--line); border-radius: var(--round); background: #fff; }
.buttons .hint { align-self: center; margin: 0; }
.rows { border: 1px solid var(--line); border-radius: var(--round); padding: var(--space-3) var(--space-4) var(--space-4); }
.rows > legend { padding: 0 var(--space-2); }
.rows .field { margin-bottom: 0; }
.cells { display: grid; gap: var(--space-3) var(--space-4); grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); margin-bottom: var(--space-3); align-items: end; }
.field > .buttons + details, .field > .option + details { margin-top: var(--space-3); }
.cells .wide { grid-column: 1 / -1; }
.row { display: flex; flex-wrap: wrap; gap: 0 var(--space-4); }

dl + .buttons, details + .field, .section > .buttons + details { margin-top: var(--space-4); }
.buttons { display: flex; flex-wrap: wrap; gap: var(--space-3); margin-top: var(--space-2); }
button, .button {
  font: inherit; font-weight: 600; cursor: pointer; border-radius: .5rem; padding: .6rem 1.25rem; min-height: 2.75rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); text-decoration: none; display: inline-block;
}
button.small { padding: .3rem .75rem; font-size: var(--text-s); min-height: 2.25rem; }
button:hover, .button:hover { background: var(--accent-strong); }
button.quiet, .button.quiet { background: transparent; color: var(--link); border-color: var(--link); }
button.quiet:hover, .button.quiet:hover { background: var(--accent-ground); }
button.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
button.danger:hover { background: var(--bad-ground); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }

details { border-top: 1px solid var(--line); }
summary { cursor: pointer; padding: var(--space-3) 0; font-weight: 600; }
summary:hover { color: var(--link); }
details[open] > summary { margin-bottom: var(--space-1); }
.plain { border-top: 0; }
`;
