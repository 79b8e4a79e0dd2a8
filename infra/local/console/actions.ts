import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { handoffIdOf } from '../../../functions/domain/deal/deal.ts';
import { lengthText } from '../../../functions/pages/operations/wording.ts';
import type { Actions, Done } from './action.ts';
import { moveTheClock } from './clock-action.ts';
import { comeToRest } from './clock-moves.ts';
import { actInCrm } from './crm-action.ts';
import { emailedText } from './crm-hearing.ts';
import { crmPath } from './crm-page.ts';
import { asPutting, identifiedAs, identities, readEvent, signedAt, signedNow } from './deal-event.ts';
import { executionArn } from './execution.ts';
import { closeOwnDeal } from './own-deal.ts';
import { ownPath } from './own-path.ts';
import { putAndTell } from './put-and-tell.ts';
import { handoffIds } from './register.ts';
import { openReports } from './reports-action.ts';
import { reportsPath } from './reports-page.ts';
import { changeRoster } from './roster-action.ts';

/** What the console's forms do, by the path they are posted to. */
export const actions: Readonly<Record<string, (world: Actions, form: URLSearchParams) => Promise<Done>>> = {
  '/clock': moveTheClock,
  '/deals': closeSample,
  '/events': sendOwnEvent,
  '/stop': stopDeal,
  '/deals/own': closeOwnDeal,
  '/roster': changeRoster,
  [reportsPath]: openReports,
  '/story': tellStory,
  '/redrive': redrive,
  [crmPath]: actInCrm,
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

/** What is said when a deal is off, by what the CRM says. */
const stopped: Readonly<Record<string, string>> = {
  'Deal Lost': 'Deal marked lost.',
  'Deal Reopened': 'Deal reopened.',
  'Deal Cancelled': 'Deal canceled.',
};

async function stopDeal({ system }: Actions, form: URLSearchParams): Promise<Done> {
  const reason = (form.get('reason') ?? '').trim();
  const deal = { dealId: form.get('dealId') ?? '', wonEpisode: Number(form.get('wonEpisode')) };
  const detailType = form.get('type') ?? '';
  const detail = JSON.stringify({ ...deal, ...(reason !== '' && { reason }) });
  const path = ownPath(form.get('back'));
  const { mails } = system.account.inbox;
  const sent = mails.length;
  const status = async () => (await system.world.handoffs.load(handoffIdOf(deal)))?.state.status;
  const before = await status();
  const said = await putAndTell(system, { source: 'handoff.crm', detailType, detail }, []);
  const after = await status();
  const done = stopped[detailType];
  if (done === undefined || after === before || after !== 'cancelled') return { said, path };
  const emailed = new Set(mails.slice(sent).flatMap(({ recipients }) => recipients)).size;
  return { said: { tone: 'good', lines: [`${done} The handoff stopped; ${emailedText(emailed)}.`] }, path };
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

/** Nothing needs to be said: the story's own caption says it. */
const quiet: Done['said'] = { tone: 'good', lines: [] };

async function tellStory({ autoplay, story }: Actions, form: URLSearchParams): Promise<Done> {
  const asked = form.get('do');
  const id = story.handoff();
  if (asked === 'begin') {
    const begun = await story.begin();
    return 'problem' in begun
      ? { said: { tone: 'bad', lines: [begun.problem] }, path: '/' }
      : { said: quiet, path: `/handoffs/${encodeURIComponent(begun.handoff)}` };
  }
  if (id === undefined) return { said: { tone: 'bad', lines: ['No story has begun.'] }, path: '/' };
  const path = `/handoffs/${encodeURIComponent(id)}`;
  if (asked === 'play') {
    story.goOn();
    return { said: quiet, path };
  }
  await autoplay.pause();
  return { said: quiet, path };
}
