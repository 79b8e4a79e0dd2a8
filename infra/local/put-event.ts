import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { System } from './system.ts';

/** An event as PutEvents takes it. */
export interface EventToPut {
  readonly source: string;
  readonly detailType: string;
  /** JSON text of an object. */
  readonly detail: string;
}

/** What PutEvents is given of an event as a CRM sends it: `{ source, detail-type, detail }`. */
export function eventToPut(event: object): EventToPut {
  const { source, 'detail-type': detailType, detail } = event as Readonly<Record<string, unknown>>;
  return {
    source: String(source),
    detailType: String(detailType),
    detail: typeof detail === 'string' ? detail : JSON.stringify(detail),
  };
}

/** Puts an event, as a CRM sends it, on the bus; returns what the bus says against it. */
export async function putOnBus(system: Pick<System, 'clients'>, event: object): Promise<string | undefined> {
  const { source, detailType, detail } = eventToPut(event);
  try {
    const { Entries } = await system.clients.events.send(
      new PutEventsCommand({ Entries: [{ Source: source, DetailType: detailType, Detail: detail }] }),
    );
    const entry = Entries?.[0];
    return entry?.ErrorCode ? `EventBridge: ${entry.ErrorCode}: ${entry.ErrorMessage}` : undefined;
  } catch (error) {
    const longest = longestText(event, 'event');
    const remedy = `The longest text is ${longest.path} (${Math.ceil(longest.length / 1000)} KB): EventBridge takes 256 KB in all, so put it behind a link in the attachments.`;
    return `EventBridge: ${error instanceof Error ? `${error.name}: ${error.message}` : error} ${remedy}`;
  }
}

/** Where the longest text of an event stands. */
function longestText(value: unknown, path: string): { path: string; length: number } {
  if (typeof value === 'string') return { path, length: value.length };
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return members
    .map(([name, member]) => longestText(member, `${path}.${name}`))
    .reduce((longest, next) => (next.length > longest.length ? next : longest), { path, length: 0 });
}
