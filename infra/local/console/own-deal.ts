import { handoffIdOf } from '../../../functions/domain/deal/deal.ts';
import type { Actions, Done } from './action.ts';
import { asPutting, type DealEvent, readEvent, signedNow } from './deal-event.ts';
import { putAndTell } from './put-and-tell.ts';
import { handoffIds } from './register.ts';

/** Closes a deal as a form describes it, signed now: its package is a sample's, or none. */
export async function closeOwnDeal({ system, samples }: Actions, form: URLSearchParams): Promise<Done> {
  const path = '/close';
  const text = (name: string): string => form.get(name)?.trim() ?? '';
  const sample = samples.find(({ name }) => name === text('package'));
  const read = sample && readEvent(sample.text);
  const from = read !== undefined && 'event' in read ? read.event.detail : {};
  const problems = [
    text('customer') === '' && 'Enter the customer’s name.',
    text('accountExecutive') === '' && 'Select who sold the deal.',
    text('package') !== '' && sample === undefined && `There is no sample "${text('package')}".`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) return { said: { tone: 'bad', lines: problems }, path };
  const zone = text('timeZone');
  const event: DealEvent = {
    source: 'handoff.crm',
    detailType: 'Deal Closed Won',
    detail: {
      dealId: freeDealId(handoffIds(system)),
      name: text('name') || `${text('customer')}: new deal`,
      customer: { name: text('customer'), ...(zone !== '' && { timeZone: zone }) },
      ...(text('segment') !== '' && { segment: text('segment') }),
      accountExecutive: text('accountExecutive'),
      closedWonAt: from['closedWonAt'] ?? new Date(system.clock.now()).toISOString(),
      package: from['package'] ?? {},
    },
  };
  const said = await putAndTell(system, asPutting(signedNow(event, system.clock.now())), []);
  return { said, path: said.tone === 'bad' ? path : '/' };
}

/** `MY-1`, or the next number that no handoff has yet. */
function freeDealId(taken: readonly string[]): string {
  let number = 1;
  const idOf = () => handoffIdOf({ dealId: `MY-${number}`, wonEpisode: 1 });
  while (taken.includes(idOf())) number += 1;
  return `MY-${number}`;
}
