import { numberText } from '../domain/texts/number-text.ts';

/** Something sold with a deal, as its CRM lists it. */
export interface SoldItem {
  readonly name: string;
  /** Undefined where the CRM does not say how many. */
  readonly quantity: number | undefined;
}

/** As many characters as the package's field takes. */
const longest = 300;

/** What was bought, in one line: `120 × Dispatcher seat, Onboarding`. Items that don't fit any more are counted. */
export function purchaseText(items: readonly SoldItem[]): string {
  const texts = items.flatMap(({ name, quantity }) => {
    const line = name.replace(/\s+/g, ' ').trim();
    return line === '' ? [] : [quantity === undefined ? line : `${numberText(quantity)} × ${line}`];
  });
  for (let shown = texts.length; shown > 0; shown -= 1) {
    const left = texts.length - shown;
    const text = [...texts.slice(0, shown), ...(left > 0 ? [`and ${left} more`] : [])].join(', ');
    if (text.length <= longest) return text;
  }
  return (texts[0] ?? '').slice(0, longest);
}
