import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { AskStep, Capacity } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { abandonedAt } from './asking.ts';
import { climbingOf } from './climbing.ts';
import type { HandoffRecord } from './handoff.ts';
import { type Rung, rungAt } from './ladder.ts';
import { rungHearings } from './rung-hearings.ts';
import { saidAt } from './rung-readers.ts';
import type { StepRecord } from './step-record.ts';

/** A mail that goes out while a step stays open. */
export interface LadderMail {
  /** UTC. */
  readonly at: Instant;
  readonly kind: Rung['kind'];
  /** The rung's position in the step's life: 0 is the ask. */
  readonly rung: number;
  readonly person: Person;
  readonly as: Capacity;
  /** No mail of its own: it stands in their daily digest, which goes out then. */
  readonly inDigest?: true;
}

/** What happens to a step on which nobody acts. */
export interface LadderOutlook {
  /** In the order they go out. Of what is repeated for ever, the first one. */
  readonly mails: readonly LadderMail[];
  /** How it ends: the step ends as unanswered, or the handoff is abandoned. */
  readonly ends: { readonly how: 'unanswered' | 'abandoned'; readonly at: Instant };
}

export interface LadderOutlookInput {
  readonly record: HandoffRecord;
  readonly rule: AskStep;
  /** As it was opened. */
  readonly asked: StepRecord;
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/** Climbs the ladder of an open step to its end, rung by rung, as the execution would when nobody acts. */
export function ladderOutlook({ record, rule, asked, people, calendarOf }: LadderOutlookInput): LadderOutlook {
  const input = climbingOf({ record, people, calendarOf }, { rule, asked });
  const { owner } = input;
  const abandonAt = abandonedAt(record, asked, { people, calendarOf });
  const mails: LadderMail[] = [];
  for (let at = asked.askedAt; ; ) {
    const { rung, nextAt } = rungAt(input, at);
    if (rung?.kind === 'unanswered') return { mails: inOrder(mails), ends: { how: 'unanswered', at: rung.at } };
    const next = nextAt ?? abandonAt;
    const hearing = { record, people, owner, at, calendarOf };
    for (const { person, as, digest } of rung ? rungHearings(rung, { asked }, hearing) : []) {
      mails.push({
        at: digest?.at ?? saidAt(rung ?? { kind: 'ask' }, person, { at, next, calendarOf }),
        kind: rung?.kind ?? 'ask',
        rung: rung?.index ?? 0,
        person,
        as,
        ...(digest && { inDigest: true }),
      });
    }
    if (rung?.kind === 'nag' || Date.parse(next) >= Date.parse(abandonAt))
      return { mails: inOrder(mails), ends: { how: 'abandoned', at: abandonAt } };
    at = next;
  }
}

const inOrder = (mails: readonly LadderMail[]): readonly LadderMail[] =>
  mails.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.rung - b.rung);
