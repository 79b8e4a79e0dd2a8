import { dayLength } from '../time/calendar-instant.ts';
import type { MeasuredHandoff, MeasuredPlaybook } from './measured-handoff.ts';

/** Whose rules a version of a playbook is: those of a segment, or of several alike; of an industry in them, where that has its own. */
interface Rules {
  readonly playbook: MeasuredPlaybook;
  /** In the order of the alphabet. */
  readonly segments: readonly string[];
  readonly industry?: string;
}

/** A version of a playbook that followed another, and whose rules both are. */
export interface VersionChange extends Omit<Rules, 'playbook'> {
  readonly from: MeasuredPlaybook;
  readonly to: MeasuredPlaybook;
}

/**
 * The changes that there are to compare: versions of one playbook that handoffs of the same segment (and industry, where it has
 * rules of its own) followed one after the other, newest first. A hash is that of a segment's rules, so that segments change apart.
 */
export function versionChanges(
  handoffs: readonly MeasuredHandoff[],
  playbooks: readonly MeasuredPlaybook[],
): readonly VersionChange[] {
  const known = rulesOf(handoffs, playbooks).toSorted(
    (a, b) => Date.parse(b.playbook.since) - Date.parse(a.playbook.since),
  );
  const isBefore = (to: Rules, from: Rules): boolean =>
    from.playbook.name === to.playbook.name &&
    from.industry === to.industry &&
    Date.parse(from.playbook.since) < Date.parse(to.playbook.since);
  return known.flatMap((to) => {
    const { playbook, segments, ...industry } = to;
    const before = segments.map((segment) => ({
      segment,
      from: known.find((each) => isBefore(to, each) && each.segments.includes(segment))?.playbook,
    }));
    return [...Map.groupBy(before, ({ from }) => from)].flatMap(([from, those]): readonly VersionChange[] =>
      from ? [{ from, to: playbook, segments: those.map(({ segment }) => segment), ...industry }] : [],
    );
  });
}

/**
 * Whose rules each version is, by the handoffs that followed it. An industry has rules of its own where no other shares a version
 * with it, and other versions of the segment do without it.
 */
export function rulesOf(
  handoffs: readonly MeasuredHandoff[],
  playbooks: readonly MeasuredPlaybook[],
): readonly Rules[] {
  const followed = Map.groupBy(handoffs, ({ playbook }) => playbook.hash);
  const versions = playbooks.flatMap((playbook) => {
    const those = followed.get(playbook.hash) ?? [];
    const segments = [...new Set(those.map(({ segment }) => segment))].toSorted();
    return those.length > 0 ? [{ playbook, segments, industries: new Set(those.map(({ industry }) => industry)) }] : [];
  });
  return versions.map(({ playbook, segments, industries }) => {
    const [industry] = industries;
    const beside = versions.filter(
      (each) => each.playbook.name === playbook.name && each.segments.some((segment) => segments.includes(segment)),
    );
    const hasOwn =
      industry !== undefined &&
      beside.every((each) => !each.industries.has(industry) || each.industries.size === 1) &&
      beside.some(({ industries: theirs }) => !theirs.has(industry) && (theirs.size > 1 || theirs.has(undefined)));
    return { playbook, segments, ...(hasOwn && { industry }) };
  });
}

/** Whose rules they are, in words: 'standard'; 'enterprise and standard, healthcare'. */
export const whoseText = ({ segments, industry }: Omit<Rules, 'playbook'>): string =>
  [segments.join(' and '), ...(industry === undefined ? [] : [industry])].join(', ');

/** How far apart the first handoffs of segments may be that follow new versions of one day. */
const deployedWithin = 31 * dayLength;

/**
 * Changes of the same playbook that came together, newest first: a deployment makes a version for each segment, which is known of
 * once its first handoff begins. One for each segment, all within a month.
 */
export function changesTogether(changes: readonly VersionChange[]): readonly (readonly VersionChange[])[] {
  const groups: VersionChange[][] = [];
  for (const change of changes.toReversed()) {
    const { to } = change;
    const at = Date.parse(to.since);
    const group = groups.findLast(
      ([first]) => first?.to.name === to.name && at - Date.parse(first.to.since) <= deployedWithin,
    );
    const isIn = group?.some((each) => whoseText(each) === whoseText(change));
    if (group && !isIn) group.push(change);
    else groups.push([change]);
  }
  return groups.toReversed();
}
