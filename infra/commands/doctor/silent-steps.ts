import { itemExecutionName } from '../../../functions/aws/execution-names.ts';
import { abandonedAt } from '../../../functions/domain/handoff/asking.ts';
import { climbingOf } from '../../../functions/domain/handoff/climbing.ts';
import { type InCharge, inCharge } from '../../../functions/domain/handoff/exceptions.ts';
import { type HandoffRecord, isClosed } from '../../../functions/domain/handoff/handoff.ts';
import { rungAt } from '../../../functions/domain/handoff/ladder.ts';
import { rungHearings } from '../../../functions/domain/handoff/rung-hearings.ts';
import { saidAt } from '../../../functions/domain/handoff/rung-readers.ts';
import { sayingKey } from '../../../functions/domain/handoff/saying-key.ts';
import { wasSaid } from '../../../functions/domain/handoff/sayings.ts';
import { isOver } from '../../../functions/domain/handoff/step-rule.ts';
import { type People, personOf } from '../../../functions/domain/people/people.ts';
import { customerMailWaiting } from './customer-mail.ts';
import { eachRecord } from './each-record.ts';
import { age, type Finding, hour, shown } from './finding.ts';
import { peopleIn } from './people-in.ts';
import type { Circumstances, Sight } from './sight.ts';

/** What a function fails at is tried again for about so long before anybody has to look. */
const patience = hour;

/**
 * Steps of which somebody should have been told by now, and was not: by the ladder of the step, and in the hours in which they
 * work. Where no execution runs that could tell them, that is said of the execution.
 */
export function silentSteps(
  { handoffs, executions, roster }: Pick<Sight, 'handoffs' | 'executions' | 'roster'>,
  known: Circumstances,
): readonly Finding[] {
  return eachRecord(handoffs.records, (record) => {
    const people = peopleIn(record, roster.people, known.defaultZone);
    const { id, status } = record.state;
    const mail = customerMailWaiting(record, { ...known, people });
    return Object.values(record.steps).flatMap(({ step, token, item }): Finding[] => {
      const name = item ? itemExecutionName(id, step) : id;
      if (!executions.running.has(name) || (!item && isClosed(status))) return [];
      const silence = silenceOf(record, step, { ...known, people });
      if (silence === undefined) return [];
      const look = `Its execution runs: if it is in an "Ask to …" state, the log of notify says what it fails at; if it waits, it has to be woken.`;
      return [
        {
          about: `${id} ${step}`,
          wrong: silence,
          ...(token === undefined
            ? { mend: look }
            : mail === undefined
              ? { mend: look, fix: { do: 'ask-again', handoff: id, step } }
              : { mend: `${look} --fix leaves it to you: it may send the customer mail, ${mail}.` }),
        },
      ];
    });
  });
}

type Known = Pick<Circumstances, 'at' | 'calendarOf'> & { readonly people: People };

/** What should have been said of a step and was not, in a sentence or two; undefined when all was said. */
function silenceOf(record: HandoffRecord, step: string, known: Known): string | undefined {
  const charge = inCharge(record, step);
  if (!charge || charge.asked.decision || charge.rule.optional || isOver(record, step)) return undefined;
  const { at, calendarOf, people } = known;
  const { asked, rule } = charge;
  if (!record.playbook.ladders[rule.ladder]) throw new Error(`its playbook has no ladder "${rule.ladder}"`);
  const climbing = climbingOf({ record, people, calendarOf }, charge);
  const { rung, nextAt } = rungAt(climbing, at);
  const abandonAt = abandonedAt(record, asked, { people, calendarOf });
  const due = `"${rule.title}" was due ${shown(asked.dueAt)}`;
  if (age(abandonAt, at) > patience && !asked.item)
    return `${due}, and the handoff should have been given up ${shown(abandonAt)}.`;
  if (!rung || age(rung.at, at) <= patience) return undefined;
  if (rung.kind === 'unanswered') return `${due}, and should have ended as unanswered ${shown(rung.at)}.`;
  const untold = readersUntold(charge, { record, known, rung, next: nextAt ?? abandonAt });
  if (untold.length === 0) return undefined;
  const told = untold.map(({ email, since }) => `${email} (since ${shown(since)})`).join(', ');
  return rung.index === 0
    ? `"${rule.title}", due ${shown(asked.dueAt)}, was not asked of ${told}.`
    : `${due}, and nobody has told ${told} ("${rung.kind}").`;
}

interface Climbed {
  readonly record: HandoffRecord;
  readonly known: Known;
  readonly rung: NonNullable<ReturnType<typeof rungAt>['rung']>;
  /** When the next rung comes, UTC. */
  readonly next: string;
}

/** Who was to be told by the rung when it came, is still to be told, and was not in the time there was. */
function readersUntold(
  charge: InCharge,
  { record, known: { at, calendarOf, people }, rung, next }: Climbed,
): readonly { readonly email: string; readonly since: string }[] {
  const owner = personOf(people, charge.asked.owner);
  const readers = (when: string) => rungHearings(rung, charge, { record, people, owner, at: when, calendarOf });
  // Of two who stand in for one another the other may have been told.
  const then = new Set(readers(rung.at).map(({ person }) => person.email));
  return readers(at)
    .filter(({ person }) => then.has(person.email))
    .map(({ person, digest }) => ({
      person,
      since: digest?.until ?? saidAt(rung, person, { at: rung.at, next, calendarOf }),
    }))
    .filter(
      ({ person, since }) => age(since, at) > patience && !wasSaid(record, { key: sayingKey(charge, rung, person) }),
    )
    .map(({ person: { email }, since }) => ({ email, since }));
}
