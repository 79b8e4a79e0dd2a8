import { listed } from '../../functions/domain/fields/words.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { type Anchor, anchorNames, type DueRule, type RungRule } from '../../functions/domain/playbook/playbook.ts';
import type { RoleId } from '../../functions/domain/playbook/roles.ts';

// How the rules of a table are said in sentences.

/** '3 business days after closed won', 'the same day as internal meeting held', '90 days before renewal date'. */
export function dueWords({ after, within }: DueRule): string {
  const anchor = anchorNames[after as Anchor] ?? after;
  if (within === 'same day') return `the same day as ${anchor}`;
  return within.startsWith('-') ? `${within.slice(1)} before ${anchor}` : `${within} after ${anchor}`;
}

/** 'when it is due', '1 business day after it is due', '4 hours before it is due', or when counted from an anchor. */
export function rungWords({ when }: Pick<RungRule, 'when'>): string {
  if ('beforeDue' in when) return `${when.beforeDue} before it is due`;
  if ('afterDue' in when) return isNothing(when.afterDue) ? 'when it is due' : `${when.afterDue} after it is due`;
  return dueWords(when);
}

/** 'the owner', 'their manager', 'the revenue operations': whom a rung tells. */
export const readerWords = (reader: RungRule['tell'][number], roles: Playbook['roles']): string =>
  reader === 'owner' ? 'the owner' : reader === 'manager' ? 'their manager' : (roles[reader as RoleId]?.name ?? reader);

/** 'a, b, and c'; 'nobody'. */
export const someOf = (texts: readonly string[]): string => listed(texts) || 'nobody';

/** Whether a span is none at all: '0 hours'. */
export const isNothing = (within: string): boolean => /^0 hours?$/.test(within);

/** 'every 3 days', 'every business day'. */
export const everyWords = (within: string): string => `every ${within.replace(/^1 /, '')}`;
