import type { Measured } from '../../domain/reports/measured-handoff.ts';
import { rulesOf, whoseText } from '../../domain/reports/version-changes.ts';
import { madeOnce } from './looked-at.ts';
import { dayText } from './period-text.ts';

/**
 * What the versions of playbooks are called, by hash: 'default for standard, since Sep 7, 2026', without the segment where all are
 * of one; those of one playbook together, the newest first. Those that are alike so are told apart by the beginning of the hash. `zone`:
 * the stage's.
 */
export const versionNames = (measured: Measured, zone: string): ReadonlyMap<string, string> =>
  madeOnce(measured, `names of versions in ${zone}`, () => {
    const rules = rulesOf(measured.handoffs, measured.playbooks);
    const areOfOne = new Set(rules.map((each) => whoseText(each))).size < 2;
    const whose = new Map(rules.map((each) => [each.playbook.hash, areOfOne ? '' : ` for ${whoseText(each)},`]));
    const inOrder = measured.playbooks.toSorted(
      (a, b) => a.name.localeCompare(b.name, 'en') || Date.parse(b.since) - Date.parse(a.since),
    );
    const named = inOrder.map(({ hash, name, since }) => ({
      hash,
      name: `${name}${whose.get(hash) ?? ''} since ${dayText(since, zone)}`,
    }));
    return new Map(
      [...Map.groupBy(named, ({ name }) => name).values()].flatMap((alike) =>
        alike.map(({ hash, name }) => [hash, alike.length === 1 ? name : `${name} (${hash.slice(0, 7)})`]),
      ),
    );
  });
