/** The forms of a noun beside a number; which one fits, the language's plural rules say. */
type Forms = { readonly other: string } & { readonly [rule in Intl.LDMLPluralRule]?: string };

/** Counts in a language: '1 answer', '3 answers'. */
export function counter(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => `${count} ${forms[rules.select(count)] ?? forms.other}`;
}
