import { largestPackage, sizeOf } from '../domain/deal/package.ts';
import type { GapAnswers, HandoffRecord } from '../domain/handoff/handoff.ts';
import type { PackageHistory, Saved } from '../domain/handoff/package-history.ts';
import { RecordsUnavailable, RecordTooLarge } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';

export const writePackageUses = ['packages.save', 'handoffs.load'] as const;

/** What somebody makes of a package. */
export interface PackageChange {
  readonly package: unknown;
  readonly answers?: GapAnswers;
  readonly history: PackageHistory;
}

/** Each lost race means that somebody else has saved; more of them in a row than this are no accident. */
const mostTries = 12;

/**
 * Writes what `change` makes of the package as it stands: where somebody else saved it in between, of what stands then, so that
 * nobody overwrites what they have not seen. Returns the record as it is afterwards; nothing is written where `change` has
 * nothing to say. Throws RecordTooLarge for a package of more than fits, RecordsUnavailable where others save all the time.
 */
export async function writePackage<Change extends PackageChange>(
  world: WorldOf<typeof writePackageUses>,
  { record, saved }: { readonly record: HandoffRecord; readonly saved: Saved },
  change: (record: HandoffRecord) => Change | undefined,
): Promise<{ readonly record: HandoffRecord; readonly change?: Change }> {
  let stands = record;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const changed = change(stands);
    if (!changed) return { record: stands };
    const { package: pkg, answers, history } = changed;
    const size = sizeOf(pkg);
    if (size > largestPackage && size > sizeOf(stands.package))
      throw new RecordTooLarge(`The package would have ${size} bytes, at most ${largestPackage} fit.`);
    const version = stands.packageVersion;
    const { id } = stands.state;
    if (await world.packages.save({ id, package: pkg, answers, history, version, ...saved }))
      return {
        record: {
          ...stands,
          package: pkg,
          packageVersion: version + 1,
          packageHistory: history,
          ...(answers && { gapAnswers: answers }),
        },
        change: changed,
      };
    stands = (await world.handoffs.load(id)) ?? stands;
  }
  throw new RecordsUnavailable('Others are saving the package all the time: try again.');
}
