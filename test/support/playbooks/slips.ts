import { parse } from 'node-html-parser';
import { announcements } from '../../../functions/domain/playbook/announcements.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';

/** What people can read of HTML. */
export const visible = (html: string): string =>
  parse(html, { blockTextElements: { style: false, script: false } }).structuredText;

/** What people see of a calendar entry. */
export const calendarText = (text: string): string =>
  text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => /^(SUMMARY|DESCRIPTION|LOCATION)/.test(line))
    .join('\n');

/**
 * What nobody should ever read: holes, slots that nothing filled, ids of steps, meetings and mails, and roles as other
 * playbooks call them.
 */
export function slipFinder(playbook: Playbook, others: readonly Playbook[]): (text: string) => readonly string[] {
  const { steps, meetings, roles } = playbook;
  const ids = [steps, meetings, announcements].flatMap(Object.keys).filter((id) => id.includes('-'));
  const ownNames = Object.values(roles).map(({ name }) => name);
  const otherNames = others
    .flatMap((other) => Object.values(other.roles).map(({ name }) => name))
    .filter((name) => !ownNames.some((own) => own.includes(name)));
  const holes = ['undefined', 'NaN', 'null', '[object Object]', 'Invalid Date'];
  const words = [...new Set([...ids, ...otherNames, ...holes])].map((word) => ({
    word,
    pattern: new RegExp(`(?<![\\w-])${quoted(word)}(?![\\w-])`, 'i'),
  }));
  return (text) => [
    ...words.filter(({ pattern }) => pattern.test(text)).map(({ word }) => word),
    ...[...text.matchAll(/\$?\{\w*\}/g)].map(([slot]) => slot),
  ];
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
