import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import type { Announcement } from '../../../functions/domain/playbook/announcements.ts';
import { announcementRule, announcements } from '../../../functions/domain/playbook/announcements.ts';
import { age, type Finding, hour, shown } from './finding.ts';
import type { Circumstances, Sight } from './sight.ts';

/** A mail is sent within seconds of its claim; what failed in between is tried again within the hour. In milliseconds. */
export const claimedFor = hour;

/** Mails that somebody began to send, and nobody knows whether they went out. */
export function claimedMails(
  { handoffs }: Pick<Sight, 'handoffs'>,
  { at }: Pick<Circumstances, 'at'>,
): readonly Finding[] {
  return handoffs.claims
    .filter((claim) => age(claim.at, at) > claimedFor)
    .map((claim): Finding => {
      const { handoff, key } = claim;
      const status = handoffs.begun.get(handoff)?.status;
      const isOpen = status !== undefined && !isClosed(status);
      const toCustomer = isForCustomer(key);
      const whose = toCustomer ? 'The mail to the customer' : 'The mail';
      return {
        about: `${handoff} ${key}`,
        wrong: `${whose} was begun ${shown(claim.at)}, and nobody knows whether it went out.`,
        ...mendClaim({ handoff, key, isOpen, toCustomer }),
      };
    });
}

interface Unknown {
  readonly handoff: string;
  readonly key: string;
  readonly isOpen: boolean;
  readonly toCustomer: boolean;
}

function mendClaim({ handoff, key, isOpen, toCustomer }: Unknown): Pick<Finding, 'mend' | 'fix'> {
  const fix = { do: 'hold-mail', handoff, key } as const;
  if (toCustomer)
    return {
      mend: 'Ask the customer success manager, who is copied on it, whether it came; if not, they send it themself. --fix holds it, so that it is never sent again.',
      fix,
    };
  if (!isOpen)
    return { mend: 'The handoff has ended: nothing sends it again. --fix holds it, so that it is settled.', fix };
  return {
    mend: 'If it is still to be said, the execution sends it again when it next wakes. If its step is found silent, fix that.',
  };
}

const isForCustomer = (key: string): boolean => {
  const [say = ''] = key.split('/');
  return Object.hasOwn(announcements, say) && announcementRule(say as Announcement).toCustomer;
};
