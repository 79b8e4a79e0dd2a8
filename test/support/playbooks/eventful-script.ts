import type { HandoffState } from '../../../functions/domain/handoff/handoff.ts';
import { askSteps } from '../../../functions/domain/playbook/capabilities.ts';
import type { AskStep, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Script, ScriptedAnswer } from '../../../infra/local/play/script.ts';

/**
 * People who use what the playbook lets them do, before they do what they are asked: an exception where one can be granted,
 * every way back taken once, "not yet" once where a step is asked again, the lowest score. `people`: who holds which role.
 */
export const eventfulScript = (playbook: Playbook, people: HandoffState['people']): Script =>
  Object.fromEntries(
    askSteps(playbook).flatMap(({ id, rule }) => {
      const answers = answersTo(rule, people);
      return answers.length === 0 ? [] : [[id, answers]];
    }),
  );

function answersTo(rule: AskStep, people: HandoffState['people']): ScriptedAnswer[] {
  const { choices, returns, repeat, scores, reviewedBy = [] } = rule;
  const grant = choices.find(({ does }) => does === 'grant-exception');
  const reviewer = reviewedBy.flatMap((role) => people[role] ?? [])[0];
  return [
    ...(grant && reviewer && people.accountExecutive
      ? [
          { choice: 'request-exception', evidence: { reason: 'They decide on this in January.' } },
          {
            by: reviewer,
            choice: grant.id,
            evidence: { reason: 'We can start.', owner: people.accountExecutive, dueDate: '2026-12-15' },
          },
        ]
      : []),
    ...(returns ? [{ choice: returns.choice, evidence: { gaps: 'Who signs off?' } }] : []),
    ...(repeat ? [{ choice: repeat.choice }] : []),
    ...(scores ? [{ evidence: { [scores.field]: 1 } }] : []),
  ];
}
