import { parse } from 'node-html-parser';

/**
 * Texts of a mail's HTML that its plain-text twin does not have, as far as a reader sees them. Line breaks, marks of quoting
 * and the case of letters may differ.
 */
export function missingInTwin(html: string, text: string): readonly string[] {
  const twin = bare(text);
  return seenTexts(html).filter((seen) => !twin.includes(bare(seen)));
}

const bare = (text: string): string => text.replace(/^> ?/gm, '').replace(/\s+/g, '').toLowerCase();

/** What a reader sees of a mail's body, text by text: not its preheader, which only lists of mails show. */
function seenTexts(html: string): readonly string[] {
  const body = parse(html, { blockTextElements: {} }).querySelector('body');
  for (const hidden of body?.querySelectorAll('[style*="display:none"]') ?? []) hidden.remove();
  return (body?.structuredText ?? '').split('\n').filter((line) => line.trim() !== '');
}
