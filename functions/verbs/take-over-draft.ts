import type { Deal } from '../domain/deal/deal.ts';
import type { BeginningInput } from '../domain/handoff/beginning.ts';
import { takeChanges } from '../domain/handoff/deal-change.ts';
import { recordOfDraft } from '../domain/handoff/draft.ts';
import type { StoredDeal } from '../ports/deals.ts';
import type { WorldOf } from '../ports/world.ts';
import { writeDraftPackage, writeDraftPackageUses } from './write-draft-package.ts';

export const takeOverDraftUses = ['deals.change', ...writeDraftPackageUses] as const;

/**
 * The draft of a deal that is won becomes its package: what people typed wins over the CRM unless that changed it since; where
 * it did before, both are kept until somebody chooses. The deal with the package as it stands then, and what was known before.
 * Called again, it finds what is done.
 */
export async function takeOverDraft(
  world: WorldOf<typeof takeOverDraftUses>,
  { deal, said, at = deal.closedWonAt }: StoredDeal,
  handoffId: string,
): Promise<{ readonly deal: Deal } & { readonly draft?: Pick<BeginningInput, 'draft'> }> {
  const draft = await world.drafts.load(handoffId);
  if (!draft) return { deal };
  const before = recordOfDraft(draft);
  const known = { ...draft.state, percent: before.state.packagePercent };
  // What nobody has touched is as the CRM says it now.
  if (draft.packageVersion === 0) return { deal, draft: { draft: known } };
  const now = said ?? { facts: deal, at };
  const { record } = await writeDraftPackage(
    world,
    { record: { ...before, deal }, saved: { by: 'crm', at } },
    (stands) => takeChanges({ ...stands, deal }, { before: draft.state.said, now, isDraft: true }),
  );
  const taken = { ...deal, package: record.package };
  await world.deals.change(handoffId, taken, now);
  return { deal: taken, draft: { draft: known } };
}
