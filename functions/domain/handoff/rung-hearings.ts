import type { Person } from '../people/person.ts';
import type { Instant } from '../time/calendar.ts';
import { type DigestTelling, digestOf } from './escalation-digest.ts';
import type { InCharge } from './exceptions.ts';
import type { Rung } from './ladder.ts';
import { type RungReading, rungReaders } from './rung-readers.ts';
import { sayingKey } from './saying-key.ts';
import type { StandingInput } from './who-is-asked.ts';

/** Somebody whom a rung tells, and the daily digest that does; without one it is an email. */
export interface RungHearing extends RungReading {
  readonly digest?: DigestTelling;
}

interface Hearing extends Omit<StandingInput, 'asked' | 'mayBeAsked'> {
  /** Of the step. */
  readonly owner: Person;
}

/**
 * Whom a rung tells at a moment, and how. Whoever reads of it in a digest is settled when the rung comes, and said to the step's owner:
 * they hear of it there, also when a manager comes back before, or somebody else stands in by then. Of a manager who is away and
 * their stand-in it is whoever has a digest first. Once that digest has not come, it is whoever is there now.
 */
export function rungHearings(
  rung: Pick<Rung, 'index' | 'kind' | 'at' | 'nextAt' | 'tell'>,
  charge: Pick<InCharge, 'asked' | 'request'>,
  hearing: Hearing,
): readonly RungHearing[] {
  const { record, at } = hearing;
  if (record.playbook.escalations !== 'digest' || rung.kind !== 'escalate') return rungReaders(rung, hearing);
  const settled = rungReaders(rung, { ...hearing, at: rung.at }).map((reading) => inDigest(rung, reading, hearing));
  const isToBeRead = ({ person, digest }: RungHearing): boolean =>
    digest !== undefined &&
    (record.mails[sayingKey(charge, rung, person)]?.inDigest === true || isBefore(at, digest.until));
  const kept = settled.filter(isToBeRead);
  const now = rungReaders(rung, { ...hearing, at: isBefore(at, rung.at) ? rung.at : at });
  const others = now.filter((reading) => !kept.some((each) => isSame(each, reading)));
  return [
    ...others.map((reading) => {
      const digest = settled.find((each) => isSame(each, reading))?.digest;
      return { ...reading, ...(digest && { digest }) };
    }),
    ...kept,
  ];
}

function inDigest(
  rung: Pick<Rung, 'kind' | 'at' | 'nextAt'>,
  reading: RungReading,
  { record, people, owner, calendarOf }: Hearing,
): RungHearing {
  const digest = digestOf(rung, reading, { record, owner, calendarOf });
  const { standsInFor, ...rest } = reading;
  const meant = people.get(standsInFor?.email ?? '');
  if (!digest || !meant) return { ...reading, ...(digest && { digest }) };
  const own: RungReading = { ...rest, person: meant };
  const theirs = digestOf(rung, own, { record, owner, calendarOf });
  return theirs && !isBefore(digest.at, theirs.at) ? { ...own, digest: theirs } : { ...reading, digest };
}

/** Whether both are told as the same one, or are that person. */
const isSame = (one: RungReading, other: RungReading): boolean =>
  one.person.email === other.person.email || meantBy(one) === meantBy(other);

const meantBy = ({ person, standsInFor }: RungReading): string => standsInFor?.email ?? person.email;

const isBefore = (a: Instant, b: Instant): boolean => Date.parse(a) < Date.parse(b);
