import type { Mail } from '../../../account/ses/mail.ts';
import { partsOf } from '../../play/asks-in-mail.ts';
import type { Ended, Outcome } from '../play-story.ts';

/** Something that must be so, whatever happens. */
export interface Invariant {
  /** As the simulation prints it. */
  readonly name: string;
  /** What is not so, a sentence each; empty when all is well. */
  readonly broken: (outcome: Outcome) => readonly string[];
}

/** What one mail says to one person about one step. */
export interface Said {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly to: string;
  readonly kind: string;
  readonly step: string;
}

/** What the daily digests said of the steps of a handoff. */
const saidInDigests = ({ record }: Ended): readonly Said[] =>
  Object.values(record.mails).flatMap(({ key, at, inDigest }) => {
    if (!inDigest) return [];
    const parts = key.split('/');
    const [first = '', second = ''] = parts;
    const about = first === 'trouble-over' ? { kind: first, step: second } : { kind: 'escalate', step: first };
    return [{ ...about, at: Date.parse(at), to: parts.at(-1) ?? '' }];
  });

/** Everything that was said to anybody about the steps of a handoff, mail by mail, and in daily digests. */
export function saidAbout(ended: Ended, { mails }: Outcome): readonly Said[] {
  const mailed = mailsOf(ended.record.state.id, mails).flatMap((mail) => {
    const { kind = '', step = '' } = mail.tags;
    const parts = partsOf(mail);
    const about = parts.length > 0 ? parts : [{ kind, step }];
    return mail.to.flatMap(({ address }) => about.map((part) => ({ ...part, at: mail.at, to: address })));
  });
  return [...mailed, ...saidInDigests(ended)].toSorted((one, other) => one.at - other.at);
}

export const mailsOf = (handoff: string, mails: readonly Mail[]): readonly Mail[] =>
  mails.filter(({ tags }) => tags['handoff'] === handoff);

/** An instant for people who look for a mistake: `2027-03-01T09:00Z`. */
export const shown = (at: number | string): string => `${new Date(at).toISOString().slice(0, 16)}Z`;

/** A colleague who is there to the end, and whom mail reaches; who is not on the roster is a customer, or a stranger. */
export const isReachable = (email: string, { rosters, story }: Outcome): boolean =>
  rosters.every(({ people }) => people.find((person) => person.email === email)?.active === true) &&
  !story.unreachable.some((address) => address.email === email);
