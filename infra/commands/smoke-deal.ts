import { ListEventBusesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, ExecutionDoesNotExist } from '@aws-sdk/client-sfn';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { executionArnOf } from '../../functions/aws/execution-names.ts';
import { handoffRecords } from '../../functions/aws/handoff-records.ts';
import { handoffIdOf } from '../../functions/domain/deal/deal.ts';
import type { WonDealEvent } from '../../functions/domain/deal/deal-event.ts';
import type { HandoffRecord } from '../../functions/domain/handoff/handoff.ts';
import type { MailRecord } from '../../functions/domain/handoff/mail-record.ts';
import type { Deployment, DeploymentClients } from './deployment.ts';

export interface SmokeOptions extends Deployment {
  readonly clients: DeploymentClients;
  /** ISO 8601, UTC: when the deal is won, and what its id is made of. */
  readonly at: string;
  /** Who is asked first. */
  readonly accountExecutive: string;
  /** Says what was seen, line by line. */
  readonly say: (line: string) => void;
  /** Waits a moment between two looks. */
  readonly pause: () => Promise<void>;
  /** How often to look for one thing before giving up. */
  readonly looks: number;
}

/** Something that should have been seen and was not. */
class NotSeen extends Error {
  override name = 'NotSeen';
}

/**
 * Lets a small deal through a deployment and takes it back: the event is taken, the execution starts, the first mail is
 * sent, the cancellation stops the execution. No report counts it. Answers whether all of it was seen; AWS's own errors are thrown.
 */
export async function smokeDeal(options: SmokeOptions): Promise<boolean> {
  const dealId = `SMOKE-${options.at.replace(/[^0-9A-Za-z]/g, '')}`;
  const id = handoffIdOf({ dealId, wonEpisode: 1 });
  let isPut = false;
  try {
    await checkBus(options);
    await putDealEvent(options, 'Deal Closed Won', dealOf(options, dealId));
    isPut = true;
    options.say(`put     "Deal Closed Won" of deal ${dealId} on the bus ${options.bus}`);
    await letItRun(options, id);
    return true;
  } catch (error) {
    if (!(error instanceof NotSeen)) throw error;
    options.say(`FAILED  ${error.message}`);
    if (isPut) await takeBack(options, dealId, id);
    return false;
  }
}

async function letItRun(options: SmokeOptions, id: string): Promise<void> {
  const { say } = options;
  const started = await seen(options, 'that its execution starts', async () => {
    const status = await statusOf(options, id);
    return status?.status ? status : undefined;
  });
  say(`saw     the execution ${id} ${started.status}`);
  const first = await seen(options, firstMail, async () => {
    const status = await statusOf(options, id);
    if (status && status.status !== 'RUNNING') throw new NotSeen(endedAs(status));
    return firstAsk(options, id);
  });
  say(`saw     ${first}`);
  const before = Object.keys((await handoffs(options).load(id))?.mails ?? {}).length;
  await cancel(options, id.replace(/-1$/, ''));
  say('put     "Deal Cancelled" on the bus');
  const { cause } = await seen(options, 'that the execution is stopped', async () => {
    const status = await statusOf(options, id);
    if (!status || status.status === 'RUNNING') return undefined;
    if (status.status === 'ABORTED') return status;
    throw new NotSeen(endedAs(status));
  });
  say(`saw     the execution ABORTED: ${cause ?? 'no cause'}`);
  const told = await seen(options, 'that its people are told of the end', async () => {
    const mails = Object.values((await handoffs(options).load(id))?.mails ?? {});
    const ends = mails.filter(({ key }) => key.startsWith('handoff-cancelled/'));
    return ends.length > 0 && mails.length > before && ends.every(isClaimed) ? ends : undefined;
  });
  say(`saw     ${told.length} mail${told.length === 1 ? '' : 's'} about the end: ${statuses(told)}`);
}

/** A mail that SES would take as such waits and is tried again while SES takes none from us. */
const firstMail = 'that its first mail goes out (SES sends none while the sender is not verified or sending is paused)';

const isClaimed = ({ status }: MailRecord): boolean => status === 'sent' || status === 'held';

const statuses = (mails: readonly MailRecord[]): string => mails.map(({ status }) => status).join(', ');

/** The first mail; or, at night and on days off, the step that waits for its owner's morning. */
async function firstAsk(options: SmokeOptions, id: string): Promise<string | undefined> {
  const record = await handoffs(options).load(id);
  if (!record) return undefined;
  const mails = Object.values(record.mails);
  const rejected = mails.find(({ status }) => status === 'held');
  if (rejected) throw new NotSeen(`SES refused the first mail (${rejected.key}): the log of notify says why.`);
  const [first] = mails;
  if (first) return first.status === 'sent' ? `the first mail sent: ${first.key}` : undefined;
  return atNight(record);
}

function atNight({ steps, deal }: HandoffRecord): string | undefined {
  const later = Object.values(steps).find(({ askedAt }) => Date.parse(askedAt) > Date.parse(deal.closedWonAt) + 60_000);
  return later && `the step "${later.step}" opened; its first mail waits until work begins, ${later.askedAt}`;
}

const handoffs = ({ clients, table }: SmokeOptions) => handoffRecords(openTable(clients.dynamodb, table));

interface Execution {
  readonly status?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** How an execution ended that should not have, with what its function said of it. */
function endedAs({ status, error = 'no error', cause = '' }: Execution): string {
  const why = [error, saidIn(cause)].filter((part) => part !== '').join(': ');
  return `The execution ended ${status}: ${why}${error === 'MailForbidden' ? inSandbox : ''}`;
}

const inSandbox =
  ' In the sandbox, SES checks the identity of the recipient, too: name it in sandboxRecipients, or leave the sandbox.';

/** Lambda's cause is JSON with the error's message. */
function saidIn(cause: string): string {
  try {
    return String(Object(JSON.parse(cause)).errorMessage ?? cause);
  } catch {
    return cause;
  }
}

async function statusOf({ clients, stateMachineArn }: SmokeOptions, id: string): Promise<Execution | undefined> {
  try {
    const executionArn = executionArnOf(stateMachineArn, id);
    const { status, error, cause } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    return { ...(status && { status }), ...(error && { error }), ...(cause && { cause }) };
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

async function seen<T>(options: SmokeOptions, what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < options.looks; i++) {
    const found = await look();
    if (found !== undefined) return found;
    await options.pause();
  }
  throw new NotSeen(`It was not to be seen ${what}. Look at the dead letters and at the log of the functions.`);
}

const cancel = (options: SmokeOptions, dealId: string): Promise<void> =>
  putDealEvent(options, 'Deal Cancelled', { dealId, reason: 'Smoke test: seen what was to be seen.' });

/**
 * So that nothing is left when something went wrong half-way: nobody is chased for the handoff, whether its execution runs, has failed,
 * or begins later.
 */
async function takeBack(options: SmokeOptions, dealId: string, id: string): Promise<void> {
  const { say } = options;
  try {
    await cancel(options, dealId);
    say('put     "Deal Cancelled" on the bus, to leave nothing open');
    // What has not begun does not begin any more.
    if (!(await handoffs(options).load(id))) return;
    const isOver = async () => ((await handoffs(options).load(id))?.state.status === 'cancelled' ? true : undefined);
    await seen(options, 'that the handoff is canceled', isOver);
    say(`saw     the handoff ${id} canceled`);
  } catch (error) {
    say(`FAILED  ${error instanceof Error ? error.message : error}`);
  }
}

/** EventBridge takes an event for a bus that does not exist, and drops it. */
async function checkBus({ clients, bus }: SmokeOptions): Promise<void> {
  let NextToken: string | undefined;
  do {
    const page = await clients.events.send(new ListEventBusesCommand({ NamePrefix: bus, NextToken }));
    if (page.EventBuses?.some(({ Name }) => Name === bus)) return;
    ({ NextToken } = page);
  } while (NextToken);
  throw new NotSeen(`There is no bus ${bus} in this account and region. Look at what the stage deployed.`);
}

async function putDealEvent({ clients, bus }: SmokeOptions, detailType: string, detail: object): Promise<void> {
  const { Entries } = await clients.events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: 'handoff.crm',
          DetailType: detailType,
          Detail: JSON.stringify(detail),
          ...(bus !== 'default' && { EventBusName: bus }),
        },
      ],
    }),
  );
  const [entry] = Entries ?? [];
  if (entry?.ErrorCode) throw new NotSeen(`The bus ${bus} did not take the event: ${entry.ErrorCode}.`);
}

const dealOf = ({ at, accountExecutive }: SmokeOptions, dealId: string): WonDealEvent['detail'] => ({
  dealId,
  wonEpisode: 1,
  name: 'Smoke test: please ignore',
  customer: { name: 'Smoke test, please ignore', timeZone: 'UTC', country: 'DE' },
  segment: 'standard',
  accountExecutive,
  closedWonAt: at,
  test: true,
  package: {},
});
