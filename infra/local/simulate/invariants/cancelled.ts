import type { HandoffState } from '../../../../functions/domain/handoff/handoff.ts';
import type { Mail } from '../../../account/ses/mail.ts';
import type { Ended, Outcome } from '../play-story.ts';
import { calendarsAfter } from './calendars.ts';
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
      calendarsAfter(mailsOf(state.id, outcome.mails)).flatMap(({ address, uid, method, start }) =>
        method === 'REQUEST' && start > Date.parse(state.endedAt ?? '') && isReachable(address, outcome)
          ? [`${address} ${uid}: the meeting of ${shown(start)} stands, canceled at ${shown(state.endedAt ?? '')}.`]
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
