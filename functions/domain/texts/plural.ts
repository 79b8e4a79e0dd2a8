/** The forms of a noun beside a number; which one fits, the language's plural rules say. */
type Forms = { readonly other: string } & { readonly [rule in Intl.LDMLPluralRule]?: string };

/** Counts in a language: '1 answer', '3 answers'. */
export function counter(language: string): (count: number, forms: Forms) => string {
  // Made when they are first needed: that takes ten milliseconds, and every function has all languages.
  let rules: Intl.PluralRules | undefined;
  return (count, forms) => {
    rules ??= new Intl.PluralRules(language);
    return `${count} ${forms[rules.select(count)] ?? forms.other}`;
  };
}
