import type { FrozenPlaybook, Playbook } from '../../functions/domain/playbook/playbook.ts';
import { playbookChanges } from './playbook-changes.ts';

/** What differs between the rules of two handoffs of one segment and industry, one sentence each. */
export const frozenChanges = (before: FrozenPlaybook, after: FrozenPlaybook): readonly string[] =>
  playbookChanges(unvaried(before), unvaried(after));

/** As a playbook without variants. */
function unvaried(frozen: FrozenPlaybook): Playbook {
  const {
    version: _version,
    segment: _segment,
    industry: _industry,
    segments: _segments,
    atLeast = 0,
    ...rules
  } = frozen;
  return { ...rules, atLeast, segments: {}, industries: {}, fallbackSegment: '' };
}
