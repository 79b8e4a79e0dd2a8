import { timesIn } from '../../../../functions/domain/handoff/site.ts';
import { spoken } from '../../../../functions/domain/handoff/spoken.ts';
import { roundsOf } from '../../../../functions/domain/handoff/step-record.ts';
import { firstName } from '../../../../functions/domain/people/first-name.ts';
import { soonIn } from '../../../../functions/domain/time/wording.ts';
import { partsOf } from '../../play/asks-in-mail.ts';
import type { Ended, Outcome } from '../play-story.ts';
import { type Invariant, isReachable, mailsOf, type Said, saidAbout, shown } from './invariant.ts';

const hour = 3_600_000;

export const helpIsAsked: Invariant = {
  name: 'before the next rung somebody beside the owner was asked to help',
  broken: (outcome) =>
    // Of faults some mails go out late.
    (outcome.story.weather === 'none' ? outcome.handoffs : []).flatMap((ended) => {
      const lead = ended.record.state.people.revenueOperations;
      if (lead === undefined || !isReachable(lead, outcome)) return [];
      const said = saidAbout(ended, outcome);
      return said
        .filter(({ kind, to }) => kind === 'escalate' && to !== lead)
        .flatMap((told) => {
          const theirs = said.filter(({ to, step, kind }) => to === told.to && step === told.step && kind !== 'ask');
          const next = theirs.find(({ at }) => at > told.at);
          // Whoever works earlier than the owner hears of a rung before them.
          const since = theirs.findLast(({ at }) => at < told.at)?.at ?? 0;
          const isHelp = ({ at, to, step, kind }: Said) =>
            step === told.step && to !== told.to && helping.includes(kind) && at > since && (!next || at < next.at);
          const isOwner = ownersOf(ended, told).includes(told.to);
          if (!next || !isOwner || isMoved(ended, { ...told, until: next.at }, outcome) || said.some(isHelp)) return [];
          return [
            `${told.to} heard "escalate" of ${told.step} at ${shown(told.at)}, and nobody else until ${shown(next.at)}.`,
          ];
        });
    }),
};

const helping: readonly string[] = ['escalate', 'stall', 'nag'];

const ownersOf = ({ record }: Ended, { step }: Said): readonly string[] => {
  const known = record.steps[step];
  return known ? roundsOf(known).map(({ owner }) => owner) : [];
};

export const digestsComeAsTold: Invariant = {
  name: 'who is said to be asked in a daily digest is asked in that digest',
  broken: (outcome) =>
    (outcome.story.weather === 'none' ? outcome.handoffs : []).flatMap((ended) => {
      const said = saidAbout(ended, outcome);
      return mailsOf(ended.record.state.id, outcome.mails).flatMap((mail) => {
        const { step = '' } = mail.tags;
        const [to] = mail.to;
        // Of several steps in one mail the text says not which.
        if (!to || partsOf(mail).length > 1) return [];
        const people = outcome.rosters.findLast(({ at }) => at <= mail.at)?.people ?? [];
        const zone = people.find(({ email }) => email === to.address)?.availability.zone;
        if (zone === undefined) return [];
        const there = timesIn(zone, spoken({ record: ended.record, site: { ...anySite, ...outcome.story.site } }).site);
        const text = (at: number) => soonIn(there, iso(at), iso(mail.at));
        return digestsNamed(mail.text).flatMap(({ name, promised }) => {
          const named = people.filter((person) => firstName(person.name) === name).map(({ email }) => email);
          const isIt = (each: Said) => each.step === step && each.kind === 'escalate' && named.includes(each.to);
          if (said.some((each) => isIt(each) && each.at >= mail.at && text(each.at) === promised)) return [];
          // Of what is further off the text says the day alone.
          const comes = hoursAfter(mail.at).findLast((at) => text(at) === promised) ?? mail.at;
          if (isMoved(ended, { step, at: mail.at, until: comes }, outcome)) return [];
          return [
            `${to.address} was told at ${shown(mail.at)} of ${name}'s digest "${promised}", which said nothing of ${step}.`,
          ];
        });
      });
    }),
};

/** Of a site its language alone matters here. */
const anySite = { url: '', name: '', company: '', defaultZone: 'UTC' } as const;

/** Whose digests an English text says are to come, by first name, and when: 'We'll ask Ruth to help, in the daily digest of Fri 9:05 AM.' */
function digestsNamed(text: string): readonly { readonly name: string; readonly promised: string }[] {
  const sentence =
    /(?:Still open ([^.?]+)\? )?We'll ask ([^.?]+?) to help(?:, too)?,? in the daily digest(?: of ([^.?]+))?\./g;
  return [...text.replace(/\s+/g, ' ').matchAll(sentence)].flatMap(([, rung = '', names = '', morning = rung]) =>
    names.split(/, and |, | and /).map((name) => ({ name, promised: morning })),
  );
}

const iso = (at: number): string => new Date(at).toISOString();

/** The moments of the next five weeks at which digests go out. */
const hoursAfter = (from: number): readonly number[] => {
  const first = Math.floor(from / hour) * hour + hour / 12;
  return Array.from({ length: 24 * 35 }, (_, i) => first + i * hour).filter((at) => at > from);
};

/** Whether anything befell a step in between that changes who is asked, or whether anybody is; an import of the roster may. */
function isMoved(
  { audit, execution }: Ended,
  { step, at, until }: { readonly step: string; readonly at: number; readonly until: number },
  { rosters, story }: Outcome,
): boolean {
  const isBetween = (moment: number) => at <= moment && moment <= until;
  const quiet = ['mail-sent', 'told-in-digest', 'note', 'stalled', 'mail-delayed'];
  return (
    story.unreachable.length > 0 ||
    rosters.some((roster) => isBetween(roster.at)) ||
    isBetween(execution.stoppedAt ?? 0) ||
    audit.some(
      (entry) =>
        isBetween(Date.parse(entry.at)) &&
        (entry.what === 'away-noted' ||
          entry.what === 'cancelled' ||
          (entry.step === step && !quiet.includes(entry.what))),
    )
  );
}
