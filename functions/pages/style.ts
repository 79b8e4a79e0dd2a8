import { createHash } from 'node:crypto';
import { styleSheet } from './style-sheet.ts';

/** The one style sheet, in the page itself; the policy names its hash, so nothing else can style or run anything. */
export const style = styleSheet;

let hash: string | undefined;

/** The style sheet's hash, as a policy names it. */
export function styleHash(): string {
  hash ??= `sha256-${createHash('sha256').update(style).digest('base64')}`;
  return hash;
}
