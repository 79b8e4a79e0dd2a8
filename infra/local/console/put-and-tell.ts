import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import type { EventToPut } from '../put-event.ts';
import type { System } from '../system.ts';
import { type Put, putEvent } from './bus.ts';
import type { Said } from './messages.ts';

/** Puts an event on the bus and says what came of it, after what is to be said before. */
export async function putAndTell(system: System, event: EventToPut, before: readonly string[]): Promise<Said> {
  const { mails } = system.account.inbox;
  const sent = mails.length;
  const result = await putEvent(system, event);
  const { tone, lines } = sayPut(result, event);
  const silent = result.outcome === 'started' && mails.length === sent;
  return {
    tone,
    lines: [...before, ...lines, silent && 'No email yet: whoever is asked first is not at work. Jump to next.'],
  };
}

function sayPut(result: Put, { source, detailType }: EventToPut): Said {
  switch (result.outcome) {
    case 'not taken':
      return { tone: 'bad', lines: [`PutEvents did not take the event. ${result.code}: ${result.message}`] };
    case 'started':
      return {
        tone: 'good',
        lines: [
          html`A handoff has started: <a href="/handoffs/${encodeURIComponent(result.handoffId)}">${result.handoffId}</a>.`,
          took(result.eventId),
        ],
      };
    case 'refused':
      return {
        tone: 'bad',
        lines: [
          'The event was refused, and is kept under “What went wrong”.',
          ...result.refused.map(refusalLine),
          took(result.eventId),
        ],
      };
    case 'failed':
      return { tone: 'bad', lines: ['A function failed on it; see “What went wrong”.', took(result.eventId)] };
    case 'unheard':
      return {
        tone: 'bad',
        lines: [
          `No rule listens for "${detailType}" from "${source}", so nothing happened. Expected: source handoff.crm and one of Deal Closed Won, Deal Reopened, Deal Lost, Deal Cancelled.`,
          took(result.eventId),
        ],
      };
    case 'nothing new':
      return {
        tone: 'good',
        lines: [
          detailType === 'Deal Closed Won'
            ? 'This deal has its handoff already; the same deal twice is one handoff. Under “Closed before?” you can make it another one.'
            : `${detailType}: done.`,
          took(result.eventId),
        ],
      };
  }
}

/** What is wrong with an event, and what to do about it. */
const refusalLine = ({ field, problem, remedy }: Refusal): Html =>
  html`<strong>${field}</strong> ${problem}. ${remedy}`;

const took = (eventId: string): string => `PutEvents took the event as ${eventId}.`;
