import { type HTMLElement, parse } from 'node-html-parser';
import { contrast, readable } from '../../../functions/mails/contrast.ts';

type Scheme = 'light' | 'dark';

/** Texts of a mail that do not read well on what is behind them, in words: in programs that show it light, and dark. */
export const paleTexts = (html: string): readonly string[] =>
  (['light', 'dark'] as const).flatMap((scheme) => paleIn(html, scheme));

function paleIn(html: string, scheme: Scheme): readonly string[] {
  const document = parse(html);
  const styles = scheme === 'dark' ? darkStyles(document, html) : new Map<HTMLElement, Colors>();
  const texts = (document.querySelector('body')?.querySelectorAll('*') ?? []).filter(isSeenText);
  return texts.flatMap((element) => {
    const ink = colorOf(element, 'ink', styles) ?? '#000000';
    const ground = colorOf(element, 'ground', styles) ?? '#ffffff';
    const ratio = contrast(ink, ground);
    // A comparison that fails for what is no number, too.
    if (ratio >= readable) return [];
    return [
      `"${element.text.trim().slice(0, 40)}" in ${scheme}: ${ink} on ${ground} has a contrast of ${ratio.toFixed(1)}`,
    ];
  });
}

interface Colors {
  readonly ink?: string | undefined;
  readonly ground?: string | undefined;
}

const isSeenText = (element: HTMLElement): boolean =>
  element.childNodes.some(({ nodeType, text }) => nodeType === 3 && text.trim() !== '') && !hidden(element);

const hidden = (element: HTMLElement | null): boolean =>
  element !== null && (/display:none/.test(element.getAttribute('style') ?? '') || hidden(element.parentNode));

/** The color of an element, or of the nearest around it that has one. */
function colorOf(
  element: HTMLElement | null,
  what: keyof Colors,
  styles: ReadonlyMap<HTMLElement, Colors>,
): string | undefined {
  if (element === null) return undefined;
  return styles.get(element)?.[what] ?? inlineColors(element)[what] ?? colorOf(element.parentNode, what, styles);
}

const inlineColors = (element: HTMLElement): Colors => {
  const declared = colorsIn(element.getAttribute('style') ?? '');
  return { ...declared, ground: declared.ground ?? element.getAttribute('bgcolor') };
};

const colorsIn = (css: string): Colors => ({
  ink: /(?:^|[;{\s])color:\s*(#[0-9a-f]{6})/i.exec(css)?.[1],
  ground: /background(?:-color)?:\s*(#[0-9a-f]{6})/i.exec(css)?.[1],
});

/** What the style sheet says of dark mode, rule by rule: every one of them is `!important`, the last one holds. */
function darkStyles(document: HTMLElement, html: string): ReadonlyMap<HTMLElement, Colors> {
  const [, sheet = ''] = /@media \(prefers-color-scheme:dark\)\s*\{((?:[^{}]+\{[^{}]*\})*)\s*\}/.exec(html) ?? [];
  const styles = new Map<HTMLElement, Colors>();
  for (const [, selector = '', declarations = ''] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const colors = colorsIn(declarations);
    for (const element of document.querySelectorAll(selector.trim())) {
      const known = styles.get(element);
      styles.set(element, { ink: colors.ink ?? known?.ink, ground: colors.ground ?? known?.ground });
    }
  }
  return styles;
}
