/**
 * What plays for long, or shows once more what another test of its file shows in small: `npm run test:courses` plays it, and
 * `npm test` does not.
 */
export const course = { tags: ['course'] };

/** Of several like cases, those that `npm test` plays, too. */
export const courseUnless = (isPlayedAlways: boolean): { tags: string[] } => (isPlayedAlways ? { tags: [] } : course);
