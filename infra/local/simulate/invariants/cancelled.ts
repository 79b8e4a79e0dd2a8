import type { HandoffState } from '../../../../functions/domain/handoff/handoff.ts';
import type { Mail } from '../../../account/ses/mail.ts';
import type { Ended, Outcome } from '../play-story.ts';
import { type Invariant, isReachable, mailsOf, shown } from './invariant.ts';

export const theCancelledAreTold: Invariant = {
  name: 'whoever was told anything of a canceled handoff is told that it is canceled',
  broken: (outcome) =>
    cancelledIn(outcome).flatMap(({ record: { state } }) => {
      const mails = mailsOf(state.id, outcome.mails);
      const told = new Set(mails.filter(({ tags }) => tags['kind'] === 'handoff-cancelled').flatMap(addresses));
      const ended = Date.parse(state.endedAt ?? '');
      const colleagues = new Set(
        mails
          .filter(({ at, tags }) => at < ended && tags['kind'] !== 'handoff-cancelled')
          .flatMap(addresses)
          .filter((email) => isReachable(email, outcome)),
      );
      return [...colleagues]
        .filter((email) => !told.has(email) && email !== state.endedBy)
        .map((email) => `${email} was told of ${state.id}, and never that it was canceled at ${shown(ended)}.`);
    }),
};

export const meetingsOfTheCancelledAreOff: Invariant = {
  name: 'the meetings of a canceled handoff are called off',
  broken: (outcome) =>
    cancelledIn(outcome).flatMap(({ record: { state } }) =>
      [...lastInvitations(mailsOf(state.id, outcome.mails))].flatMap(([key, { method, start }]) =>
        method === 'REQUEST' && start > Date.parse(state.endedAt ?? '') && isReachable(key.split(' ')[0] ?? '', outcome)
          ? [`${key}: the meeting of ${shown(start)} stands, canceled at ${shown(state.endedAt ?? '')}.`]
          : [],
      ),
    ),
};

export const linksOfTheCancelledAreDead: Invariant = {
  name: 'the links of a canceled handoff decide nothing',
  broken: ({ livingLinks }) => livingLinks,
};

const cancelledIn = ({
  handoffs,
}: Outcome): readonly (Ended & { readonly record: { readonly state: HandoffState } })[] =>
  handoffs.filter(({ record }) => record.state.status === 'cancelled');

const addresses = ({ to, cc }: Mail): string[] => [...to, ...cc].map(({ address }) => address);

interface Invited {
  readonly method: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
}

/** The newest entry of each meeting in each calendar, by address and UID. */
function lastInvitations(mails: readonly Mail[]): Map<string, Invited> {
  const last = new Map<string, Invited>();
  for (const mail of mails) {
    if (!mail.calendar) continue;
    const { method, text } = mail.calendar;
    const uid = /^UID:(.*)$/m.exec(text)?.[1]?.trim();
    const [, y, mo, d, h, mi] = /^DTSTART[^:]*:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\dZ/m.exec(text) ?? [];
    const start = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:00Z`);
    for (const email of addresses(mail)) last.set(`${email} ${uid}`, { method, start });
  }
  return last;
}
