import { type HandoffRecord, ruleIn } from '../domain/handoff/handoff.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import type { NextStep } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { momentIn } from '../domain/time/wording.ts';
import { linkTo, linkUses } from '../mailing/link-to.ts';
import type { WorldOf } from '../ports/world.ts';
import { openReached, openReachedUses } from './open-reached.ts';

export const nextStepsUses = [...openReachedUses, ...linkUses] as const;

/** Whoever goes on from the page needs no mail: requests for their next steps wait this long, in milliseconds. */
export const mailAfter = 15 * 60_000;

/**
 * What comes next for somebody who has just decided something, each with a link of their own: those steps are opened here,
 * before the execution comes to them, and their requests are mailed only if they are still open a quarter of an hour later.
 * `record`: with the decision. A meeting that is still to come is no next step. `opened`: the record with all that is open now.
 */
export async function nextStepsOf(
  world: WorldOf<typeof nextStepsUses>,
  of: { readonly record: HandoffRecord; readonly people: People; readonly person: Person; readonly at: Instant },
): Promise<{ readonly nextSteps: readonly NextStep[]; readonly opened: HandoffRecord }> {
  const { record, people, person, at } = of;
  const opened = await openReached(world, { record, people, at, onPageOf: { person: person.email, mailAfter } });
  const next: NextStep[] = [];
  for (const asked of Object.values(opened.steps)) {
    const rule = ruleIn(opened, asked.step);
    const isAhead = rule.holds !== undefined && Date.parse(asked.askedAt) > Date.parse(at);
    if (record.steps[asked.step] || isAhead || asked.owner !== person.email) continue;
    const url = await linkTo(world, record, { step: asked.step, person: person.email, as: 'owner', at });
    const due = momentIn(person.availability.zone, asked.dueAt, at);
    next.push({ step: asked.step, title: rule.title, due, path: new URL(url).pathname });
  }
  return { nextSteps: next, opened };
}
