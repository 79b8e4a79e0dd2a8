import { recordOfDraft } from '../domain/handoff/draft.ts';
import type { WorldOf } from '../ports/world.ts';
import { type PackageChange, writePackage } from './write-package.ts';

export const writeDraftPackageUses = ['packages.save', 'drafts.load'] as const;

/** Writes what `change` makes of the package of a draft, as `writePackage` does of a handoff's. */
export const writeDraftPackage = <Change extends PackageChange>(
  world: WorldOf<typeof writeDraftPackageUses>,
  from: Parameters<typeof writePackage<Change>>[1],
  change: Parameters<typeof writePackage<Change>>[2],
): ReturnType<typeof writePackage<Change>> => {
  const load = async (id: string) => {
    const draft = await world.drafts.load(id);
    return draft && recordOfDraft(draft);
  };
  return writePackage({ packages: { save: (saved) => world.packages.save(saved) }, handoffs: { load } }, from, change);
};
