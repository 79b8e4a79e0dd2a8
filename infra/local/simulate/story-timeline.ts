import { roundsOf } from '../../../functions/domain/handoff/step-record.ts';
import { shown } from './invariants/invariant.ts';
import type { Outcome } from './play-story.ts';

/**
 * What happened in a story, line by line in UTC: faults, mails, what was decided, what people could not do. What happened at
 * the same moment stands in the same order every time.
 */
export function storyTimeline({ story, handoffs, mails, faults, mishaps, failures }: Outcome): string {
  const lines: { readonly at: number; readonly text: string }[] = [];
  for (const { time, 'detail-type': what } of story.events)
    lines.push({ at: Date.parse(time), text: `the CRM says: ${what}` });
  for (const { at } of story.imports) lines.push({ at: Date.parse(at), text: 'a roster is imported' });
  for (const { at, fault, call } of faults) lines.push({ at, text: `! ${fault}: ${call}` });
  for (const { at, to, tags, subject } of mails) {
    const about = tags['steps']?.replaceAll('_', ', ') ?? tags['step'];
    lines.push({ at, text: `→ ${to.map(({ address }) => address).join(', ')}  [${tags['kind']} ${about}] ${subject}` });
  }
  for (const { record } of handoffs)
    for (const step of Object.values(record.steps)) {
      for (const { round, owner, askedAt, dueAt, decision } of roundsOf(step)) {
        lines.push({
          at: Date.parse(askedAt),
          text: `? ${step.step} (round ${round}) of ${owner}, due ${shown(dueAt)}`,
        });
        if (decision)
          lines.push({ at: Date.parse(decision.at), text: `= ${step.step}: ${decision.choice}, by ${decision.by}` });
      }
    }
  for (const { at, who, step, problem } of mishaps)
    lines.push({ at: Date.parse(at), text: `x ${who}, ${step}: ${problem}` });
  const ends = handoffs.map(
    ({ record: { state }, execution }) => `${state.id} is ${state.status}, its execution ${execution.status}`,
  );
  return [
    `Seed ${story.seed}: ${story.playbook.name}, people ${story.manner}, faults ${story.weather}`,
    ...lines
      .toSorted((a, b) => a.at - b.at || a.text.localeCompare(b.text, 'en'))
      .map(({ at, text }) => `${shown(at)}  ${text}`),
    ...failures.toSorted(),
    ...ends,
  ].join('\n');
}
