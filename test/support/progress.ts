import { dealEvent } from './deals.ts';
import { anna, lena } from './handoff-record.ts';
import { type OpenSystem, openSystem } from './world.ts';

/** Tuesday 17 November 2026, 09:30 in Berlin: the moment the standard sample was won. */
export const won = '2026-11-17T08:30:00Z';

const way = [
  ['schedule-internal-meeting', anna, 'scheduled'],
  ['review-brief', lena, 'accept'],
  ['hold-internal-meeting', lena, 'held'],
  ['introduce-customer', lena, 'approved'],
  ['schedule-kickoff', lena, 'scheduled'],
  ['hold-kickoff', lena, 'held'],
  ['map-stakeholders', lena, 'verified'],
  ['align-success-plan', lena, 'aligned'],
  ['confirm-handoff', lena, 'confirmed'],
] as const;
export type OnTheWay = (typeof way)[number][0];

export interface Under {
  readonly system: OpenSystem;
  readonly id: string;
}

/** The standard sample, every step answered at once up to one that is now open. */
export async function upTo(
  step: OnTheWay | 'follow-ups',
  options: { readonly event?: ReturnType<typeof dealEvent> } & Parameters<typeof openSystem>[0] = {},
): Promise<Under> {
  const system = await openSystem({ at: won, ...options });
  const id = await system.win(options.event ?? dealEvent());
  for (const [before, owner, choice] of way) {
    await untilAsked(system, id, before);
    if (before === step) return { system, id };
    const { status, html } = await system.answer(owner, before, choice);
    if (status !== 200) throw new Error(`${before} was not taken: ${status} ${html}`);
  }
  return { system, id };
}

/** Lets time pass until somebody is asked about a step that is open: a meeting is asked about when it is over. */
export async function untilAsked(system: OpenSystem, id: string, step: string): Promise<void> {
  const askedAt = (await system.load(id)).steps[step]?.askedAt;
  if (askedAt && Date.parse(askedAt) > Date.parse(system.now())) await system.until(askedAt);
}
