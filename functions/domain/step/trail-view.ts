import { cleanLine, excerpt } from '../fields/clean-text.ts';
import { capitalized } from '../fields/words.ts';
import type { AuditEntry, AuditKind } from '../handoff/audit-entry.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { titleOf } from '../handoff/step-rule.ts';
import { inOrder } from '../handoff/trail-order.ts';
import { nameOf, type People } from '../people/people.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn, timeIn } from '../time/wording.ts';

/** Something that happened, for people. */
export interface TrailLine {
  /** In the reader's zone, which is not named. */
  readonly when: string;
  readonly text: string;
}

/** What a line is written from: `who`, the step's title (in quotes, '' where it is about none) and what else is known. */
interface Told {
  readonly who: string;
  readonly step: string;
  readonly detail: string;
}

/** What is said of each kind of entry. */
const sentences: Readonly<Record<AuditKind, (told: Told) => string>> = {
  'deal-proposed': ({ detail }) => `The deal was proposed. ${detail}`,
  'draft-ended': ({ detail }) => `The draft ended. ${detail}`,
  'deal-won': () => 'The deal was won.',
  'deal-changed': ({ detail }) => `The deal changed in the CRM. ${detail}`,
  'deal-merged': ({ detail }) => `The deal was merged with another one in the CRM. ${detail}`,
  'handoff-started': ({ detail }) => `The handoff started. ${detail}`,
  asked: ({ step, detail }) => `${upTo(detail, ',')} was asked: ${step}.`,
  decided: ({ who, step, detail }) => `${who} answered ${step}: ${detail}`,
  unanswered: ({ step }) => `${step} ended without an answer.`,
  reassigned: ({ who, step, detail }) => `${who} reassigned ${step}. ${detail}`,
  'stand-in': ({ step, detail }) => `${step} went to somebody else. ${detail}`,
  'away-noted': ({ who, detail }) => `${who} will be away. ${detail}`,
  'rules-changed': ({ detail }) => `The handoff moved to today's rules. ${detail}`,
  'waiting-for-customer': ({ who, step, detail }) => `${who} paused ${step}. ${detail}`,
  'meeting-moved': ({ who, detail }) => `${who} moved a meeting. ${capitalized(upFrom(detail, ': '))}`,
  'meeting-called-off': ({ who, detail }) => `${who} canceled a meeting. ${upFrom(detail, '. ')}`,
  'exception-requested': ({ who, step, detail }) => `${who} asked for an exception on ${step}. ${detail}`,
  'exception-declined': ({ who, step, detail }) => `${who} answered the exception on ${step}. ${detail}`,
  'item-opened': ({ who, detail }) => `${who} left an open item. ${detail}`,
  'package-saved': ({ who, detail }) => `${who} saved ${detail.includes(': ') ? upFrom(detail, ': ') : 'the package'}.`,
  note: ({ who, detail }) => `${who} noted: ${detail}`,
  stalled: ({ step }) => `The handoff stalled: ${step} is still open, and everyone who can help was told.`,
  complete: () => 'The handoff is complete.',
  cancelled: ({ who, detail }) => `${who} canceled the handoff. ${detail}`,
  abandoned: ({ detail }) => `The handoff was closed as abandoned. ${detail}`,
  'mail-sent': ({ step, detail }) => `Email to ${upFrom(detail, ' to ')}${step === '' ? '' : ` about ${step}`}.`,
  'told-in-digest': ({ step, detail }) => `${upFrom(detail, ' to ')} read about ${step} in the daily digest.`,
  'mail-delayed': ({ detail }) => `An email is delayed. ${detail}`,
  'mail-rejected': ({ detail }) => `An email was refused: ${upFrom(detail, ' to ')}.`,
  'mail-bounced': ({ detail }) => `An email came back. ${detail}`,
  'mail-complained': ({ detail }) => `An email was reported as spam. ${detail}`,
  suppressed: ({ detail }) => `An address was left out of an email. ${detail}`,
  'not-sent-again': ({ detail }) => `The customer had this email already. ${detail}`,
  'reminder-taken-back': ({ step, detail }) => `${step} won't be told any more. ${detail}`,
  'nothing-to-tell': ({ step }) => `There was nothing to tell at ${step}.`,
  'write-back-refused': ({ detail }) => detail,
  outcome: ({ detail }) => detail,
};

/**
 * What happened in a handoff so far, newest last, of one instant what was done before what came of it: names in place of
 * addresses, times in the reader's zone.
 */
export function trailOf(
  record: HandoffRecord,
  entries: readonly AuditEntry[],
  { people, zone, at }: { readonly people: People; readonly zone: string; readonly at: Instant },
): readonly TrailLine[] {
  const ordered = inOrder(entries, Object.keys(record.playbook.steps));
  return savesTogether(ordered).map(({ at: when, who, what, step, detail }) => {
    const told = {
      who: subjectOf(people, who),
      step: step === undefined ? '' : `“${titleOf(record, step)}”`,
      detail: withNames(cleanLine(what === 'away-noted' ? withDays(detail, when) : detail), people),
    };
    return { when: timeIn(zone, when, at), text: excerpt(sentences[what](told).trim(), longest) };
  });
}

/** What somebody saves field by field, with nothing else in between, is one line of all these fields, at the last of them. */
function savesTogether(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  const told: AuditEntry[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    const isOne = last?.who === entry.who && [last, entry].every(namesFields);
    const fields = isOne ? [last, entry].flatMap(({ detail }) => upFrom(detail, ': ').split('; ')) : [];
    if (isOne) told.splice(-1, 1, { ...entry, detail: `Version: ${[...new Set(fields)].join('; ')}` });
    else told.push(entry);
  }
  return told;
}

const namesFields = ({ what, detail }: AuditEntry): boolean => what === 'package-saved' && detail.includes(': ');

/** Longest line, in characters. */
const longest = 400;

const subjectOf = (people: People, who: string): string => {
  const name = nameOf(people, who);
  return name.startsWith('the ') ? `The ${name.slice(4)}` : name;
};

const withNames = (text: string, people: People): string =>
  text.replace(/[^\s,;:()<>]+@[^\s,;:()<>]+\w/g, (email) => people.get(email)?.name ?? email);

/** Local days (`YYYY-MM-DD`) as people say them. */
const withDays = (text: string, at: Instant): string =>
  text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => dateIn('UTC', `${day}T00:00:00Z`, at));

const upTo = (text: string, end: string): string => (text.includes(end) ? text.slice(0, text.indexOf(end)) : text);

const upFrom = (text: string, start: string): string =>
  text.includes(start) ? text.slice(text.indexOf(start) + start.length) : text;
