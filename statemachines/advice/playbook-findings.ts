import { outlookOf } from '../../functions/domain/handoff/outlook.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { compileProblems } from '../compile-problems.ts';
import { answerFindings } from './answer-findings.ts';
import type { Finding } from './findings.ts';
import { ladderFindings } from './ladder-findings.ts';
import { mailFindings } from './mail-findings.ts';
import { ownerFindings } from './owner-findings.ts';
import { sampleHandoffs } from './sample-handoffs.ts';
import type { Seen } from './seen.ts';
import { timeFindings } from './time-findings.ts';

/**
 * What is wrong with a playbook: laws it breaks, or why it cannot be compiled; where there is nothing of that, settings that would do harm in some handoff. Harm is
 * found by looking ahead in sample handoffs of every variant. With a roster, also roles that nobody holds. Each is said once.
 */
export function playbookFindings(playbook: Playbook, roster?: readonly Person[]): readonly Finding[] {
  const problems = compileProblems(playbook);
  if (problems.length > 0)
    return problems.map((sentence) => ({
      rule: 'law',
      about: [],
      sentence,
      remedy: 'Change what the sentence names: npm run asl refuses it as it stands.',
    }));
  const seen: readonly Seen[] = sampleHandoffs(playbook).map((sample) => ({
    sample,
    outlook: outlookOf({ ...sample, answers: 'when due' }),
  }));
  const found = [
    ...seen.flatMap((each) => [...timeFindings(each), ...mailFindings(each)]),
    ...ladderFindings(seen),
    ...ownerFindings(playbook, roster),
    ...answerFindings(playbook),
  ];
  const once = new Map<string, Finding>();
  for (const finding of found) {
    const key = [finding.rule, ...finding.about].join(' ');
    if (!once.has(key)) once.set(key, finding);
  }
  return [...once.values()];
}
