import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { isScheduled } from '../../../../functions/domain/handoff/planned.ts';
import { roundsOf } from '../../../../functions/domain/handoff/step-record.ts';
import { announcementRule, announcements } from '../../../../functions/domain/playbook/announcements.ts';
import type { Fault } from '../../../account/faults.ts';
import type { Ended, Outcome } from '../play-story.ts';
import { type Invariant, mailsOf, type Said, saidAbout, shown } from './invariant.ts';

export const oneMailAMoment: Invariant = {
  name: 'one person, one handoff, one moment: one mail',
  broken: ({ handoffs, mails, story }) =>
    // A mail whose answer was lost goes out again.
    (story.weather === 'none' ? handoffs : []).flatMap(({ record }) => {
      const last = new Map<string, { readonly at: number; readonly kind: string }>();
      return mailsOf(record.state.id, mails).flatMap((mail) => {
        // A calendar entry is a mail by itself, and so is what the scheduler reminds of, whatever the execution does.
        if (mail.calendar !== undefined || isScheduled(record, mail.tags['step'] ?? '')) return [];
        const { kind = '' } = mail.tags;
        return [...mail.to, ...mail.cc].flatMap(({ address }) => {
          const before = last.get(address);
          last.set(address, { at: mail.at, kind });
          return !before ||
            mail.at - before.at > moment(story) ||
            areTwoActs(record, { from: before.at, to: mail.at }) ||
            isByChance(record, { from: before.at, to: mail.at }, [before.kind, kind])
            ? []
            : [`${address} gets "${before.kind}" and "${kind}" at ${shown(mail.at)}.`];
        });
      });
    }),
};

/** What falls this close together is one moment, in milliseconds: branches of an execution that take time are not at one place at once. */
const moment = ({ transitionTakes = 0 }: Outcome['story']): number => 2 * transitionTakes;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** No two acts are one moment, though people who are played may do both at once. */
const areTwoActs = (record: HandoffRecord, span: Span): boolean => decisionsIn(record, span) > 1;

/** Somebody acts on the very minute at which a timer chases about something else: what follows from it comes beside that. */
const isByChance = (record: HandoffRecord, span: Span, kinds: readonly string[]): boolean =>
  decisionsIn(record, span) > 0 &&
  kinds.some((kind) => chasing.includes(kind)) &&
  kinds.some((kind) => kind === 'ask' || kind === 'trouble-over' || kind in announcements);

const chasing: readonly string[] = ['warn', 'remind', 'breach', 'escalate', 'stall', 'nag'];

const decisionsIn = ({ steps }: HandoffRecord, { from, to }: Span): number =>
  Object.values(steps)
    .flatMap(roundsOf)
    .filter(({ decision }) => {
      const at = Date.parse(decision?.at ?? '');
      return from - aSecond <= at && at <= to;
    }).length;

const aSecond = 1000;

export const customersHearOnce: Invariant = {
  name: 'no customer gets the same mail twice',
  broken: ({ handoffs, mails }) =>
    handoffs.flatMap(({ record }) => {
      const sent = new Set<string>();
      return mailsOf(record.state.id, mails).flatMap((mail) => {
        const { kind = '' } = mail.tags;
        if (!(kind in announcements) || !announcementRule(kind as keyof typeof announcements).toCustomer) return [];
        // An appointment that is made anew is news.
        if (mail.calendar !== undefined) return [];
        return mail.to.flatMap(({ address }) => {
          const key = `${kind} ${address}`;
          if (!sent.has(key)) {
            sent.add(key);
            return [];
          }
          return [`${address} gets "${kind}" again at ${shown(mail.at)}.`];
        });
      });
    }),
};

/** Faults after which a mail goes out once more. */
const repeating: readonly Fault[] = [
  'answer lost',
  'killed before',
  'killed after',
  'sent twice',
  'failed',
  'twice at once',
];

export const nothingIsSaidTwice: Invariant = {
  name: 'no mail goes out more often than faults explain',
  broken: ({ handoffs, mails, faults, story }) =>
    handoffs.flatMap(({ record, audit }) => {
      const explained = faults.filter(({ fault }) => repeating.includes(fault)).length;
      const last = new Map<string, number>();
      const again = mailsOf(record.state.id, mails).flatMap((mail) => {
        const { kind = '', step = '', steps = '', kinds = '' } = mail.tags;
        // The CRM may change the same answer twice within an hour: what is told of it differs, but for its links.
        const news = kind === 'deal-changed' ? mail.text.replace(/https?:\S+/g, '') : '';
        const said = `${kind} ${step} ${steps} ${kinds} ${mail.subject} ${news}`;
        return mail.to.flatMap(({ address }) => {
          const before = last.get(`${address} ${said}`);
          last.set(`${address} ${said}`, mail.at);
          // What went to somebody else, and comes back, is news.
          const soon = before !== undefined && mail.at - before < 3_600_000 && !isHandedIn(audit, before, mail.at);
          return soon ? [`${address} gets "${said.trim()}" again at ${shown(mail.at)}.`] : [];
        });
      });
      return again.length > explained + story.outages.length ? again : [];
    }),
};

const isHandedIn = (audit: readonly AuditEntry[], from: number, to: number): boolean =>
  audit.some(({ what, at }) => handing.includes(what) && from < Date.parse(at) && Date.parse(at) <= to);

const handing: readonly AuditEntry['what'][] = ['reassigned', 'deal-changed'];

const trouble: readonly string[] = ['breach', 'escalate', 'stall', 'nag'];
/** What tells somebody that the trouble of a step is not theirs any more. */
const relief: readonly string[] = ['trouble-over', 'handed-away', 'taken-over', 'item-settled', 'exception-withdrawn'];
const ofTheWhole: readonly string[] = ['handoff-cancelled', 'handoff-abandoned'];

export const troubleIsRelieved: Invariant = {
  name: 'whoever was told of trouble is told when it is over',
  broken: (outcome) =>
    outcome.handoffs.flatMap((ended) => {
      const said = saidAbout(ended, outcome);
      const hasLeft = ({ to, at }: Said) =>
        outcome.rosters.some((roster) =>
          roster.people.some(({ email, active }) => !active && email === to && roster.at >= at),
        );
      return (
        said
          // Whoever has left the company is told nothing more.
          .filter((told) => !hasLeft(told) && !outcome.story.unreachable.some(({ email }) => email === told.to))
          .filter(({ kind }) => trouble.includes(kind))
          .filter((told) => !isRelieved(told, said, ended))
          .map(
            ({ to, kind, step, at }) =>
              `${to} was told "${kind}" of ${step} at ${shown(at)}, and never that it is over.`,
          )
      );
    }),
};

function isRelieved(told: Said, said: readonly Said[], { record, audit }: Ended): boolean {
  const after = said.filter(({ at, to }) => to === told.to && at >= told.at);
  // The notes of a meeting, say, tell that it was held.
  if (after.some(({ kind, step }) => kind in announcements && step === told.step)) return true;
  if (after.some(({ kind, step }) => ofTheWhole.includes(kind) || (relief.includes(kind) && step === told.step)))
    return true;
  // Whoever handed it on knows.
  const handed: readonly AuditEntry['what'][] = ['reassigned', 'away-noted'];
  if (audit.some(({ who, what, at }) => who === told.to && handed.includes(what) && Date.parse(at) >= told.at))
    return true;
  const known = record.steps[told.step];
  const decisions = known ? roundsOf(known).flatMap(({ decision }) => decision ?? []) : [];
  const ended = decisions.find(({ at }) => Date.parse(at) >= told.at);
  // Whoever ended it knows; a follow-up that nobody answered is not over; what is open still is no relief.
  return ended === undefined || ended.by === told.to || ended.choice === 'unanswered';
}
