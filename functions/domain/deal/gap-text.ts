import { excerpt } from '../fields/clean-text.ts';
import type { Gap } from './completeness.ts';

/** 'Why us: What decided it for us?', 'Renewal date must be after signing on Nov 17, 2026', 'Person 2 needs an email address'. */
export function gapText({ kind, label, expected, remedy, at }: Gap): string {
  if (kind === 'missing') return `${label}: ${expected}`;
  const names = at !== undefined || remedy.toLowerCase().includes(label.toLowerCase());
  return names ? excerpt(remedy, 200) : `${label}: ${excerpt(remedy, 200)}`;
}
