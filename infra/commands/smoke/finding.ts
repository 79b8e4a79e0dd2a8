/** What a check of a deployment saw. */
export type Finding =
  | { readonly kind: 'good'; readonly what: string }
  /** Nothing wrong is seen, and nothing that proves it right. */
  | { readonly kind: 'not yet'; readonly what: string }
  /** `remedy`: what to do, in sentences. */
  | { readonly kind: 'bad'; readonly what: string; readonly remedy: string };

const labels = { good: 'checked ', 'not yet': 'not yet ', bad: 'FAILED  ' } as const;

/** A finding in lines. */
export const findingLines = (finding: Finding): readonly string[] => [
  `${labels[finding.kind]}${finding.what}`,
  ...(finding.kind === 'bad' ? [`        ${finding.remedy}`] : []),
];
