import { createHash } from 'node:crypto';
import { styleSheet } from './style-sheet.ts';

/** The one style sheet, in the page itself; the policy names its hash, so nothing else can style or run anything. */
export const style = styleSheet;

let hash: string | undefined;

/** The style sheet's hash, as a policy names it. */
export function styleHash(): string {
  hash ??= hashOf(style);
  return hash;
}

/** The hash of a style sheet, as a policy names it. */
export const hashOf = (sheet: string): string => `sha256-${createHash('sha256').update(sheet).digest('base64')}`;
