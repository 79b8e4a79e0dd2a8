import type { Instant } from '../time/calendar.ts';
import { weekOf } from '../time/weeks.ts';
import type { Fact, RecordedFact } from './fact.ts';

/** What is to be recorded of a handoff, and all that stands of it from then on. */
export interface Revised {
  readonly news: readonly RecordedFact[];
  readonly standing: readonly RecordedFact[];
}

/**
 * What is new in a handoff's facts, or differs from what stands of them: each as a revision that supersedes. One that is no longer so
 * is withdrawn; one that has moved to another week is withdrawn in the week where it was counted, so that nobody who looks at a week
 * alone counts it twice. `at`: when it is recorded, UTC.
 */
export function revisionsOf(standing: readonly RecordedFact[], facts: readonly Fact[], at: Instant): Revised {
  const stood = new Map(standing.map((fact) => [fact.key, fact]));
  const news: RecordedFact[] = [];
  const stands = facts.map((fact): RecordedFact => {
    const before = stood.get(fact.key);
    stood.delete(fact.key);
    if (before && textOf(before) === textOf(fact)) return before;
    const moved = before && before.kind !== 'withdrawn' && weekOfFact(before) !== weekOfFact(fact);
    if (moved) news.push(withdrawn(before, at));
    const revision = (before?.revision ?? 0) + (moved ? 2 : 1);
    const recorded = { ...fact, revision, recordedAt: at };
    news.push(recorded);
    return recorded;
  });
  const gone = [...stood.values()].map((before): RecordedFact => {
    if (before.kind === 'withdrawn') return before;
    const now = withdrawn(before, at);
    news.push(now);
    return now;
  });
  return { news, standing: [...stands, ...gone] };
}

/** The week in which a fact is counted. */
export const weekOfFact = ({ at }: Pick<Fact, 'at'>): string => weekOf(at, 'UTC');

const withdrawn = ({ handoff, key, at, revision }: RecordedFact, recordedAt: Instant): RecordedFact => ({
  kind: 'withdrawn',
  handoff,
  key,
  at,
  revision: revision + 1,
  recordedAt,
});

/** What a fact says, whenever it was recorded, in an order of its own. */
function textOf(fact: Fact | RecordedFact): string {
  const { revision: _revision, recordedAt: _recordedAt, ...said } = { revision: 0, recordedAt: '', ...fact };
  return JSON.stringify(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
