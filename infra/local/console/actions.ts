import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { handoffIdOf } from '../../../functions/domain/deal/deal.ts';
import { html } from '../../../functions/pages/html.ts';
import type { EventToPut } from '../put-event.ts';
import type { System } from '../system.ts';
import type { Actions, Done } from './action.ts';
import { type Put, putEvent } from './bus.ts';
import { moveTheClock } from './clock-action.ts';
import { comeToRest } from './clock-moves.ts';
import { asPutting, identifiedAs, identities, readEvent, signedAt, signedNow } from './deal-event.ts';
import { executionArn } from './execution.ts';
import type { Said } from './messages.ts';
import { ownPath } from './own-path.ts';
import { handoffIds } from './register.ts';
import { lengthText } from './wording.ts';

/** What the console's forms do, by the path they are posted to. */
export const actions: Readonly<Record<string, (world: Actions, form: URLSearchParams) => Promise<Done>>> = {
  '/clock': moveTheClock,
  '/deals': closeSample,
  '/events': sendOwnEvent,
  '/stop': stopDeal,
  '/redrive': redrive,
};

async function closeSample({ system, autoplay, samples }: Actions, form: URLSearchParams): Promise<Done> {
  const { clock } = system;
  const path = '/';
  const sample = samples.find(({ name }) => name === form.get('sample'));
  const read = sample && readEvent(sample.text);
  if (read === undefined)
    return { said: { tone: 'bad', lines: [`There is no sample "${form.get('sample')}".`] }, path };
  if ('problems' in read) return { said: { tone: 'bad', lines: read.problems }, path };
  const lines: string[] = [];
  let event = read.event;
  if (form.get('when') === 'file') {
    await autoplay.pause();
    const ahead = (signedAt(event) ?? clock.now()) - clock.now();
    if (ahead > 0) {
      await clock.advanceTo(clock.now() + ahead);
      lines.push(`The clock went forward ${lengthText(ahead)}, to the signature.`);
    } else if (ahead < 0)
      lines.push(
        `The signature lies ${lengthText(-ahead)} in the past: its deadlines count from then, and may be over already.`,
      );
  } else event = signedNow(event, clock.now());
  const taken = new Set(handoffIds(system));
  const identity = identities.find((each) => each === form.get('identity')) ?? 'same';
  event = identifiedAs(event, identity, (deal) => taken.has(handoffIdOf(deal)));
  return { said: await putAndTell(system, asPutting(event), lines), path };
}

async function sendOwnEvent({ system, broken }: Actions, form: URLSearchParams): Promise<Done> {
  const typed = broken.find(({ name }) => name === form.get('broken'))?.text ?? form.get('event') ?? '';
  const path = '/close';
  const read = readEvent(typed);
  if ('problems' in read)
    return { said: { tone: 'bad', lines: ['Nothing was put on the bus.', ...read.problems] }, path, typed };
  const said = await putAndTell(system, asPutting(read.event), []);
  return said.tone === 'bad' ? { said, path, typed } : { said, path: '/' };
}

async function stopDeal({ system }: Actions, form: URLSearchParams): Promise<Done> {
  const reason = (form.get('reason') ?? '').trim();
  const detail = {
    dealId: form.get('dealId'),
    wonEpisode: Number(form.get('wonEpisode')),
    ...(reason !== '' && { reason }),
  };
  const event = { source: 'handoff.crm', detailType: form.get('type') ?? '', detail: JSON.stringify(detail) };
  return { said: await putAndTell(system, event, []), path: ownPath(form.get('back')) };
}

async function redrive({ system }: Actions, form: URLSearchParams): Promise<Done> {
  const name = form.get('execution') ?? '';
  const path = `/executions/${encodeURIComponent(name)}`;
  try {
    await system.clients.sfn.send(new RedriveExecutionCommand({ executionArn: executionArn(system, name) }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { said: { tone: 'bad', lines: [`${error.name}: ${error.message}`] }, path };
  }
  await comeToRest(system.clock);
  return { said: { tone: 'good', lines: ['It goes on where it stopped.'] }, path };
}

async function putAndTell(system: System, event: EventToPut, before: readonly string[]): Promise<Said> {
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
          ...result.refused.map(({ field, problem, remedy }) => html`<strong>${field}</strong> ${problem}. ${remedy}`),
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

const took = (eventId: string): string => `PutEvents took the event as ${eventId}.`;
