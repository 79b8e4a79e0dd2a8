import { createRequire } from 'node:module';

/** MJML comes without types. */
const mjml2html = createRequire(import.meta.url)('mjml') as (
  source: string,
  options: { readonly validationLevel: 'strict'; readonly keepComments: true; readonly fonts: object },
) => Promise<{ readonly html: string }>;

/** Stands in the source for the brand's color: so the source can be looked at in any MJML editor. */
const brandColor = /#1d4ed8/g;

/**
 * The layout of mails as a TypeScript module, from its MJML source: a function for each piece, whose values are escaped when
 * they are put in. Rejects when the source is no valid MJML or holds what a template cannot.
 */
export async function compileLayout(source: string): Promise<string> {
  // No fonts: none may be fetched from anywhere.
  const { html } = await mjml2html(source, { validationLevel: 'strict', keepComments: true, fonts: {} });
  if (/[`\\]|\$\{/.test(html)) throw new Error('The layout must hold no backtick, no backslash and no ${.');
  const pieces = piecesOf(slim(html));
  return `import { type Content, type Html, html } from '../../pages/html.ts';

// Written by \`npm run mails:layout\` from mail.mjml: change that.

type Values<Name extends string> = Readonly<Record<Name, Content>>;
${pieces.map(functionOf).join('')}`;
}

interface Piece {
  readonly name: string;
  /** Names of values in double braces. */
  readonly markup: string;
}

const innermostPiece = /<!-- piece: (\w+) -->((?:(?!<!-- (?:piece|end)).)*)<!-- end -->/s;

/** The pieces, each without those that stand within it; what is left is the whole letter. */
function piecesOf(html: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let rest = html;
  for (let found = innermostPiece.exec(rest); found; found = innermostPiece.exec(rest)) {
    const [whole, name = '', markup = ''] = found;
    pieces.push({ name, markup });
    rest = rest.replace(whole, '');
  }
  const letter = rest.replace(/<!-- .*?-->/gs, '');
  return [...pieces, { name: 'letter', markup: letter }].map(({ name, markup }) => ({
    name,
    markup: markup.replace(/\s*\n\s*/g, '\n').trim(),
  }));
}

function functionOf({ name, markup }: Piece): string {
  const template = markup.replace(brandColor, '{{color}}');
  const names = [...new Set([...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, value = '']) => value))].sort();
  const type = names.map((value) => `'${value}'`).join(' | ');
  const body = template.replace(/\{\{(\w+)\}\}/g, '${$1}');
  const head = `export function ${name}({ ${names.join(', ')} }: Values<${type}>): Html {`;
  const given = names.map((value) => `  ${value},\n`).join('');
  const formatted = head.length <= lineWidth ? head : `export function ${name}({\n${given}}: Values<${type}>): Html {`;
  return `\n${formatted}\n  return html\`${body}\`;\n}\n`;
}

/** Beyond it the formatter breaks lines. */
const lineWidth = 120;

/**
 * What MJML writes, without what no mail here needs: every byte of it is in the bundles. A mail has one column, so nothing
 * is said of columns beside each other; text runs from its own side, where MJML says left.
 */
const slim = (html: string): string =>
  html
    .replace(/<!--\[if lte mso 11\]>.*?<!\[endif\]-->/s, '')
    .replace(/<style media="screen.*?<\/style>/s, '')
    .replace(/<style type="text\/css">\s*@media only screen and \(min-width:480px\).*?<\/style>/s, '')
    .replace(/<!--\[if !mso\]><!-->\s*<meta http-equiv="X-UA-Compatible"[^>]*>\s*<!--<!\[endif\]-->/s, '')
    .replaceAll('class="mj-column-per-100 mj-outlook-group-fix"', '')
    .replaceAll(/<\/?tbody>/g, '')
    .replaceAll(/\s(?:class|style)=""/g, '')
    .replaceAll('text-align:left', 'text-align:start')
    // In tags one blank does; around a tag, and at the ends of a line, none is seen.
    .replace(/<[^<>!]*>/g, (tag) =>
      tag
        .replace(/\s+/g, ' ')
        .replace(/<(\/?\w+) \s*/, '<$1 ')
        .replace(/\s*(\/?>)$/, '$1'),
    )
    .replace(/(<(?:meta|img|br|hr)\b[^>]*)\/>/g, '$1>')
    .replace(/>[ \t]*\n\s*/g, '>\n')
    .replace(/>\n(?=\{\{label\}\}\s*\n)/g, '>')
    .replace(/\}\}\s*\n\s*(?=<)/g, '}}');
