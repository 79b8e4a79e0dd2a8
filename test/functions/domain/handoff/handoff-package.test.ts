import { describe, expect, it } from 'vitest';
import type { FieldPath } from '../../../../functions/domain/deal/package.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import {
  briefOf,
  checkedPackage,
  gapNames,
  gapPaths,
  owedGaps,
} from '../../../../functions/domain/handoff/handoff-package.ts';
import { sampleDeal } from '../../../support/deals.ts';
import { anna, handoffRecord, klaus, people, personAt, stepRecord } from '../../../support/handoff-record.ts';

const { gaps } = checkedPackage(handoffRecord({ sample: 'incomplete' }));
const openGaps = gapNames(gaps);
const granted = {
  choice: 'grant-exception',
  by: klaus,
  evidence: { reason: 'They go live on Monday', owner: [anna], dueDate: '2026-12-15', gaps: gapPaths(gaps) },
};
const withException = (more: Parameters<typeof handoffRecord>[0] = {}) =>
  handoffRecord({
    sample: 'incomplete',
    steps: [stepRecord('complete-package', { owner: anna, decided: granted })],
    ...more,
  });
const owedFacts = (record: HandoffRecord) =>
  briefOf(record, people).facts.filter(({ label }) => label.startsWith('Owed'));

describe('the debt of an exception', () => {
  it('names every field once', () => {
    expect(openGaps.filter((name) => name.startsWith('Stakeholder map'))).toHaveLength(1);
    expect(openGaps).toContain('Contract: Term length');
    expect(gapPaths(gaps)).toContain('contract.termMonths');
    expect(gapPaths(gaps)).toHaveLength(openGaps.length);
  });

  it('is read from exceptions that were granted earlier, which name the fields', () => {
    const earlier = {
      ...granted,
      evidence: { ...granted.evidence, gaps: ['Contract: Term length', 'Contract: Gone'] },
    };
    const record = withException({ steps: [stepRecord('complete-package', { owner: anna, decided: earlier })] });
    expect(owedGaps(record)?.gaps).toEqual(['Contract: Term length']);
  });

  it('is who supplies what by when, granted by whom and why', () => {
    expect(owedGaps(withException())).toEqual({
      owner: anna,
      dueDate: '2026-12-15',
      gaps: openGaps,
      by: klaus,
      reason: 'They go live on Monday',
    });
  });

  it('is owed until the day on which it is due where its owner is', () => {
    const far = new Map(people);
    const owner = personAt(anna);
    far.set(anna, { ...owner, availability: { ...owner.availability, zone: 'America/Los_Angeles' } });
    const item = {
      key: 'what-is-missing',
      title: 'What is missing',
      what: 'Supply it.',
      from: 'complete-package',
      paths: gapPaths(gaps),
      by: klaus,
      due: '2026-12-15',
      openedAt: '2026-12-01T10:00:00Z',
    };
    const owed = stepRecord('open-item', { owner: anna, dueAt: '2026-12-16T01:00:00Z', item });
    const { facts } = briefOf(handoffRecord({ sample: 'incomplete', steps: [owed] }), far);
    expect(facts.map(({ label }) => label)).toContain('Owed by Anna Keller until Tue, Dec 15, 2026');
  });

  it('stands in the brief', () => {
    expect(owedFacts(withException())).toEqual([
      { label: 'Owed by Anna Keller until Tue, Dec 15, 2026', value: openGaps.join('; ') },
    ]);
  });

  it('is what is still open of it, and nothing once all is supplied', () => {
    const { contract } = sampleDeal('complete-standard').package as { contract: unknown };
    const record = withException();
    const pkg = { ...(record.package as object), contract };
    const left = owedGaps({ ...record, package: pkg })?.gaps ?? [];
    expect(left).not.toContain('Contract: Term length');
    expect(left.length).toBeGreaterThan(0);
    const supplied = withException({ package: sampleDeal('complete-standard').package, sample: 'complete-standard' });
    expect(owedGaps(supplied)).toBeUndefined();
    expect(owedFacts(supplied)).toEqual([]);
  });

  it('stands when the package came back since', () => {
    const first = stepRecord('complete-package', { owner: anna, decided: granted });
    const again = stepRecord('complete-package', { owner: anna, round: 2, earlier: [first] });
    expect(owedGaps(withException({ steps: [again] }))?.gaps).toEqual(openGaps);
  });

  it('is none without an exception', () => {
    expect(owedGaps(handoffRecord({ sample: 'incomplete' }))).toBeUndefined();
    expect(owedFacts(handoffRecord({ sample: 'incomplete' }))).toEqual([]);
  });
});

describe('the brief of a few fields', () => {
  it.each(['complete-standard', 'incomplete', 'awkward-text'] as const)(
    'says of them what the whole says: %s',
    (sample) => {
      const record = handoffRecord({ sample });
      const lines = (only?: ReadonlySet<FieldPath>) =>
        briefOf(record, people, { only }).sections.flatMap((each) => each.lines);
      const all = lines();
      const paths = [...new Set(all.map(({ path }) => path))];
      expect(paths.length).toBeGreaterThan(8);
      const some = new Set(paths.filter((_, i) => i % 4 === 1));
      expect(lines(some)).toEqual(all.filter(({ path }) => some.has(path)));
      expect(lines(new Set())).toEqual([]);
    },
  );
});
