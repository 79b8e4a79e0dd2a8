import { raw } from 'hono/html';
import { type Html, html } from '../../../functions/pages/html.ts';
import type { CollectedMail } from './collect-mails.ts';
import { everyKind } from './every-kind.ts';
import { preheaderOf } from './mail-checks.ts';

/** A mail in the gallery. */
export interface Exhibit extends CollectedMail {
  /** Of its files, without an ending. */
  readonly name: string;
  readonly problems: readonly string[];
}

/** The files of a mail, by their endings. */
export const filesOf = ({ mail }: CollectedMail): Readonly<Record<string, string | Uint8Array>> => ({
  html: mail.html,
  txt: mail.text,
  eml: mail.raw,
  ...(mail.calendar && { ics: mail.calendar.text }),
});

/** Mails kind by kind, with names for their files: number, kind, deal, language. */
export const named = (mails: readonly CollectedMail[]): readonly (CollectedMail & Pick<Exhibit, 'name'>)[] =>
  mails
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((collected, i) => ({
      ...collected,
      name: [String(i + 1).padStart(4, '0'), collected.kinds[0], collected.sample, collected.language].join('-'),
    }));

const order: readonly string[] = everyKind;

const placeOf = ({ kinds }: CollectedMail): number => order.indexOf(kinds[0] ?? '');

const style = `
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; }
header { padding: 1rem; }
h1 { font-size: 1.3rem; margin: 0 0 .3rem; }
p { margin: 0 0 .3rem; }
.bad { color: light-dark(#a3161f, #ffa3a6); }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 660px); border-top: 1px solid #8886; }
ol { list-style: none; margin: 0; padding: 0; height: 100vh; overflow: auto; }
li { padding: .6rem 1rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
li small { display: block; opacity: .85; }
iframe { border: 0; border-left: 1px solid #8886; width: 100%; height: 100vh; position: sticky; top: 0; }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); } ol { height: 50vh; } }
`;

/** A page to leaf through the mails: each opens beside the list. */
export function galleryPage(exhibits: readonly Exhibit[], missing: readonly string[]): string {
  const wrong = exhibits.filter(({ problems }) => problems.length > 0);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Emails</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<h1>${exhibits.length} emails, ${new Set(exhibits.flatMap(({ kinds }) => kinds)).size} kinds</h1>
<p${wrong.length > 0 && html` class="bad"`}>${wrong.length} with something wrong.</p>
${missing.length > 0 && html`<p class="bad">No play brings about: ${missing.join(', ')}.</p>`}
</header>
<main>
<ol>
${exhibits.map(exhibitHtml)}</ol>
<iframe name="mail" title="The email" src="${exhibits[0] && `${exhibits[0].name}.html`}"></iframe>
</main>
</body>
</html>
`.toString();
}

function exhibitHtml(exhibit: Exhibit): Html {
  const { name, kinds, language, sample, scene, mail, problems } = exhibit;
  const preheader = preheaderOf(mail);
  const kilobytes = (Buffer.byteLength(mail.html) / 1024).toFixed(1);
  return html`<li>
<a href="${name}.html" target="mail" dir="auto" lang="${language}">${mail.subject}</a> (${[...mail.subject].length})
<small dir="auto">${preheader} (${[...preheader].length})</small>
<small><strong>${kinds.join(', ')}</strong> · ${language} · ${sample}: ${scene} · to ${mail.to.map((to) => to.name || to.address).join(', ')} · ${kilobytes} KB ·
${Object.keys(filesOf(exhibit)).map((ending) => html` <a href="${name}.${ending}" target="mail">${ending}</a>`)}</small>
${problems.map((problem) => html`<small class="bad" dir="auto">${problem}</small>`)}
</li>
`;
}
