/** Lists in a language: 'Anna, Lena and Klaus'. */
export function lister(language: string): { readonly format: (names: readonly string[]) => string } {
  // Made when it is first needed: that takes ten milliseconds, and every function has all languages.
  let made: Intl.ListFormat | undefined;
  return {
    format: (names) => {
      made ??= new Intl.ListFormat(language);
      return made.format(names);
    },
  };
}
