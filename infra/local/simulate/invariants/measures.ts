import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';
import { askSteps } from '../../../../functions/domain/playbook/capabilities.ts';
import type { Ended } from '../play-story.ts';
import type { Invariant } from './invariant.ts';

export const measuresAgreeWithTheAudit: Invariant = {
  name: 'the measures agree with the audit trail',
  broken: ({ handoffs }) => handoffs.flatMap(disagreements),
};

/** What the trail alone says, beside what was measured when the handoff ended. */
function disagreements({ record, audit }: Ended): string[] {
  const { measures, id } = record.state;
  // Canceled handoffs are not measured, nor what was not kept in earlier times.
  if (!measures?.unanswered) return [];
  const titles = askSteps(record.playbook);
  const of = (what: AuditEntry['what']) => audit.filter((entry) => entry.what === what);
  const returned = titles.flatMap(({ id: step, rule }) => {
    const label = rule.choices.find((choice) => choice.id === rule.returns?.choice)?.label;
    return of('decided').filter(
      (entry) => label !== undefined && entry.step === step && entry.detail.startsWith(label),
    );
  });
  const flow = new Set(titles.filter(({ rule }) => !rule.optional).map(({ id: step }) => step));
  const unanswered = new Set(of('unanswered').flatMap(({ step }) => (step && flow.has(step) ? [step] : [])));
  return [
    ...(returned.length === measures.returns
      ? []
      : [`${id}: ${measures.returns} returns, ${returned.length} on record`]),
    ...(same(unanswered, measures.unanswered)
      ? []
      : [`${id}: unanswered ${measures.unanswered.join(', ')}; on record ${[...unanswered].join(', ')}`]),
  ];
}

const same = (one: ReadonlySet<string>, other: readonly string[]): boolean =>
  one.size === other.length && other.every((step) => one.has(step));
