import type { Measured, MeasuredHandoff, MeasuredPlaybook } from '../../domain/reports/measured-handoff.ts';
import { madeOnce } from './looked-at.ts';
import { dayText } from './period-text.ts';

/**
 * What the versions of playbooks are called, by hash: 'default since Sep 7, 2026'. Those that began on one day are told apart by the
 * segments of their handoffs, else by their industries, else by the beginning of the hash. `zone`: the stage's.
 */
export const versionNames = (measured: Measured, zone: string): ReadonlyMap<string, string> =>
  madeOnce(measured, `names of versions in ${zone}`, () => {
    const handoffs = Map.groupBy(measured.handoffs, ({ playbook }) => playbook.hash);
    const alike = Map.groupBy(measured.playbooks, ({ name, since }) => `${name} since ${dayText(since, zone)}`);
    return new Map([...alike].flatMap(([name, versions]) => toldApart(name, versions, handoffs)));
  });

function toldApart(
  name: string,
  versions: readonly MeasuredPlaybook[],
  handoffs: ReadonlyMap<string, readonly MeasuredHandoff[]>,
): readonly (readonly [hash: string, name: string])[] {
  if (versions.length === 1) return versions.map(({ hash }) => [hash, name]);
  const by = (of: (handoff: MeasuredHandoff) => string | undefined): readonly string[] =>
    versions.map(({ hash }) =>
      [...new Set((handoffs.get(hash) ?? []).map(of))]
        .filter((each) => each !== undefined)
        .toSorted()
        .join(', '),
    );
  const marks = [by(({ segment }) => segment), by(({ industry }) => industry)].find(tellsApart);
  return versions.map(({ hash }, i) => [hash, `${name} (${marks?.[i] ?? hash.slice(0, 7)})`]);
}

const tellsApart = (marks: readonly string[]): boolean =>
  new Set(marks).size === marks.length && marks.every((mark) => mark !== '');
