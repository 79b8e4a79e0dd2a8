import type { Brief } from '../handoff/brief.ts';
import { type Draft, recordOfDraft } from '../handoff/draft.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { briefOf, checkedPackage } from '../handoff/handoff-package.ts';
import type { Link } from '../handoff/link.ts';
import { holderOf } from '../handoff/roles-held.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { nameOf, type People } from '../people/people.ts';
import { packageStep } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn } from '../time/wording.ts';
import { type PackageFormView, packageForm } from './package-form.ts';
import { savedBy } from './step-view.ts';

/** What a page shows of a deal that is not signed yet. */
export interface DraftView {
  readonly customer: string;
  readonly deal: string;
  /** Whose page it is. */
  readonly reader: string;
  /** The reader's IANA zone. */
  readonly zone: string;
  readonly percent: number;
  /** Percent of the package that are to be there at signature. */
  readonly target: number;
  readonly seller: string;
  /** Who takes the customer if it is signed. */
  readonly successManager?: string;
  /** When it is expected to be signed. */
  readonly expected?: string;
  readonly brief: Brief;
  /** For whoever sells it. */
  readonly packageForm?: PackageFormView;
  readonly site: SiteFacts;
}

/** A draft as it is open behind a link. */
export interface OpenedDraft {
  readonly link: Link;
  readonly record: HandoffRecord;
  readonly people: People;
  readonly view: DraftView;
}

export interface DraftSeen {
  readonly draft: Draft;
  readonly link: Link;
  readonly people: People;
  readonly zone: string;
  readonly at: Instant;
  readonly site: SiteFacts;
}

/** What whoever has a link to a draft sees: the form, where they sell it; the brief as it stands. */
export function viewDraft({ draft, link, people, zone, at, site }: DraftSeen): OpenedDraft {
  const record = recordOfDraft(draft);
  const { gaps, percent } = checkedPackage(record);
  const step = packageStep(draft.playbook)?.id ?? link.step;
  const seller = holderOf(record, 'accountExecutive') ?? record.deal.accountExecutive;
  const taking = holderOf(record, 'customerSuccessManager');
  const { expectedCloseOn: on } = draft.state;
  const form = {
    ...packageForm(record, step, { gaps, savedBy: savedBy({ link, people, zone, at }) }),
    isDraft: true,
  } as const;
  return {
    link,
    record,
    people,
    view: {
      ...{ customer: customerOf(record), deal: record.deal.name, reader: nameOf(people, link.person), zone },
      ...{ percent, target: draft.playbook.draftTarget ?? 100, seller: nameOf(people, seller) },
      ...(taking !== undefined && { successManager: nameOf(people, taking) }),
      ...(on !== undefined && { expected: dateIn('UTC', `${on}T00:00:00Z`, at) }),
      brief: briefOf(record, people),
      ...(link.person === seller && { packageForm: form }),
      site,
    },
  };
}
