import { officeCalendars } from '../people/absence.ts';
import { type CalendarOf, type People, personOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Instant } from '../time/calendar.ts';
import type { InCharge } from './exceptions.ts';
import { anchorsOf, type HandoffRecord } from './handoff.ts';
import type { LadderInput, Rung } from './ladder.ts';
import { rungHearings } from './rung-hearings.ts';
import { sayingKey } from './saying-key.ts';

/** What a step's ladder is climbed by, in its owner's calendar. */
export type Climbing = LadderInput & { readonly owner: Person };

interface Known {
  readonly record: HandoffRecord;
  /** The owner among them. */
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/** How somebody's ladder is climbed, as far as the records and today's roster tell. Throws when it is not in the playbook. */
export function climbingOf(
  { record, people, calendarOf }: Known,
  charge: Pick<InCharge, 'rule' | 'asked' | 'request' | 'rests'>,
): Climbing {
  const { rule, asked, rests } = charge;
  const ladder = record.playbook.ladders[rule.ladder];
  if (!ladder) throw new Error(`The playbook has no ladder "${rule.ladder}".`);
  const owner = personOf(people, asked.owner);
  const climbing = {
    ladder,
    owner,
    step: asked,
    anchors: anchorsOf(record),
    calendar: officeCalendars(calendarOf)(owner),
  };
  const heardAt = (rung: Rung) => heardInDigest(rung, charge, { record, people, calendarOf, owner });
  return {
    ...climbing,
    ...(rests && { rests: true }),
    ...(record.playbook.escalations === 'digest' && { heardAt }),
  };
}

/** When the last of those whom a rung asks to help hears of it: in the digest that told it, or is to. */
function heardInDigest(
  rung: Rung,
  charge: Pick<InCharge, 'asked' | 'request'>,
  { record, people, calendarOf, owner }: Known & Pick<Climbing, 'owner'>,
): Instant | undefined {
  if (rung.kind !== 'escalate') return undefined;
  const begins = sayingKey(charge, rung, { email: '' });
  const told = Object.values(record.mails).filter(({ key, inDigest }) => inDigest && key.startsWith(begins));
  const hearing = { record, people, owner, at: rung.at, calendarOf };
  const toCome = rungHearings(rung, charge, hearing).flatMap(({ person, digest }) => {
    const said = record.mails[sayingKey(charge, rung, person)];
    if (said?.inDigest) return [];
    return digest ? [said?.at ?? digest.at] : [];
  });
  return [...told.map(({ at }) => at), ...toCome].toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
}
