import { createHash } from 'node:crypto';

/** The one style sheet, in the page itself; the policy names its hash, so nothing else can style or run anything. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #1a2230; --soft: #4d5a6d; --line: #c9d1dc;
  --accent: #1d4ed8; --on-accent: #ffffff; --link: #1d4ed8;
  --good: #14652f; --good-ground: #e4f4e9; --soon: #7a4b00; --soon-ground: #fdf1d8; --bad: #a3161f; --bad-ground: #fdeaea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151d; --card: #18202b; --ink: #e8edf4; --soft: #a9b5c6; --line: #3a4759;
    --accent: #2f62e4; --on-accent: #ffffff; --link: #8fb4ff;
    --good: #8fdca8; --good-ground: #15301f; --soon: #f4ca7a; --soon-ground: #362a10; --bad: #ffa3a6; --bad-ground: #3b191c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere;
}
.top, main, .foot { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
.top { padding-top: 1rem; color: var(--soft); font-size: .9rem; }
.foot { padding-top: 1rem; padding-bottom: 2.5rem; color: var(--soft); font-size: .9rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .25rem 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .35rem; }
p { margin: 0 0 .75rem; }
a { color: var(--link); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem; margin: 1rem 0; }
.where { color: var(--soft); margin: 1rem 0 0; }
.soft, .hint { color: var(--soft); }
.hint { font-size: .9rem; margin: .1rem 0 .35rem; }
.lines { white-space: pre-line; }
.badge { display: inline-block; border-radius: 1rem; padding: .15rem .7rem; font-weight: 600; font-size: .9rem; }
.good { color: var(--good); background: var(--good-ground); }
.soon { color: var(--soon); background: var(--soon-ground); }
.bad { color: var(--bad); background: var(--bad-ground); }
.note { border-radius: .6rem; padding: .8rem 1rem; margin: 1rem 0; }
.note > :last-child { margin-bottom: 0; }
.note a { color: inherit; }
.due { display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: baseline; margin-bottom: .35rem; }
.due strong { font-size: 1.05rem; }
dl { margin: 0; }
dt { color: var(--soft); font-size: .9rem; margin-top: .6rem; }
dt:first-child { margin-top: 0; }
dd { margin: 0; }
dl + p { margin-top: 1rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; min-width: 0; }
.section { border-top: 1px solid var(--line); padding-top: .9rem; margin-top: 1.2rem; }
.section > legend { font-weight: 700; font-size: 1.05rem; padding: 0 .5rem 0 0; }
label, legend { font-weight: 600; }
legend { padding: 0; }
.field > label[for] { display: block; margin-bottom: .3rem; }
.field { margin: 0 0 1.1rem; }
.optional { font-weight: 400; color: var(--soft); }
input:not([type]), input[type=text], input[type=url], input[type=number], input[type=date], input[type=datetime-local], select, textarea {
  display: block; width: 100%; font: inherit; color: inherit; background: var(--card);
  border: 1px solid #76839a; border-radius: .5rem; padding: .6rem .7rem; min-height: 2.75rem;
}
input[type=number] { max-width: 8rem; }
input[type=date], input[type=datetime-local] { max-width: 17rem; }
textarea { resize: vertical; }
[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.error { color: var(--bad); font-weight: 600; margin: .1rem 0 .35rem; }
.option { display: flex; gap: .6rem; align-items: flex-start; padding: .35rem 0; font-weight: 400; }
.option input { flex: none; width: 1.3rem; height: 1.3rem; margin: .1rem 0 0; accent-color: var(--accent); }
.row { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: .5rem; }
button, .button {
  font: inherit; font-weight: 600; cursor: pointer; border-radius: .6rem; padding: .7rem 1.3rem; min-height: 2.75rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); text-decoration: none; display: inline-block;
}
button.quiet, .button.quiet { background: transparent; color: var(--link); border-color: var(--link); }
button.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
button:hover, .button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
details { border-top: 1px solid var(--line); }
details > summary { cursor: pointer; padding: .8rem 0; font-weight: 600; }
details[open] > summary { margin-bottom: .35rem; }
.plain { border-top: 0; }
.missing { color: var(--bad); font-style: italic; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
@media (min-width: 40rem) {
  .card { padding: 1.4rem 1.6rem; }
  dl { display: grid; grid-template-columns: 12rem 1fr; gap: .45rem 1.25rem; }
  dt { margin-top: 0; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --line: #999; }
  .top, .foot, .no-print { display: none; }
  body { background: none; }
  .card { background: none; border: 0; padding: 0; }
  .plan { font-size: 10.5pt; line-height: 1.4; }
  .plan h3 { margin: .9rem 0 .2rem; break-after: avoid; }
  .plan ul { margin: 0; }
  .plan li { break-inside: avoid; }
}
`;

let hash: string | undefined;

/** The style sheet's hash, as a policy names it. */
export function styleHash(): string {
  hash ??= `sha256-${createHash('sha256').update(style).digest('base64')}`;
  return hash;
}
