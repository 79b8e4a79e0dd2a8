import { connectorOf } from '../../../functions/crm/connectors.ts';
import { cleanLine, cleanText } from '../../../functions/domain/fields/clean-text.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { PlayedCrm } from '../crm/played-crm.ts';
import type { PlayedName } from '../crm/played-names.ts';
import { momentIn } from './timeline.ts';

/** What a played CRM's records show at the end. */
export interface CrmReport {
  readonly name: PlayedName;
  /** As people know it: `HubSpot`. */
  readonly title: string;
  readonly deals: readonly CrmDealReport[];
}

interface CrmDealReport {
  /** Its id in the CRM. */
  readonly dealId: string;
  /** Its id in the events. */
  readonly event: string;
  readonly customer: string | null;
  /** The stage's name; null of a deal that was deleted. */
  readonly stage: string | null;
  /** By label. */
  readonly writtenBack: Readonly<Record<string, string>>;
  /** The oldest first; `at`: UTC. */
  readonly notes: readonly { readonly at: Instant; readonly text: string }[];
}

/** What the CRM shows of deals. `ids`: in the CRM, by how the events call them. */
export function reportOnCrm({ name, fake }: PlayedCrm, ids: ReadonlyMap<string, string>): CrmReport {
  const deals = [...ids].map(([event, dealId]): CrmDealReport => {
    const deal = fake.deals().find((each) => each.dealId === dealId);
    const stage = fake.stages.find(({ id }) => id === deal?.stage)?.label ?? null;
    const written = (deal?.properties ?? []).filter(({ writtenBack }) => writtenBack);
    return {
      ...{ dealId, event, customer: deal?.customer ?? null, stage },
      writtenBack: Object.fromEntries(written.map(({ label, text }) => [label, text])),
      notes: (deal?.notes ?? []).map(({ at, text }) => ({ at: new Date(at).toISOString(), text })).toReversed(),
    };
  });
  return { name, title: connectorOf(name).title, deals };
}

/** The same for people. `zone`: IANA, which times are shown in. */
export function crmText({ title, deals }: CrmReport, zone: string): string {
  const show = momentIn(zone);
  return deals
    .flatMap(({ dealId, event, customer, stage, writtenBack, notes }) => [
      `${title} (played here), deal ${dealId}${customer === null ? '' : ` of ${cleanLine(customer)}`} (${event} in its event): ${stage ?? 'deleted'}`,
      ...Object.entries(writtenBack).map(([label, text]) => `  ${label}: ${indented(text)}`),
      ...notes.map(({ at, text }) => `  ${show(at)}  ${indented(text)}`),
      '',
    ])
    .join('\n');
}

const indented = (text: string): string => cleanText(text).replaceAll('\n', '\n    ');
