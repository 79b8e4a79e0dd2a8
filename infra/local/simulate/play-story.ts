import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../../functions/aws/roster.ts';
import { partition, sort } from '../../../functions/aws/table.ts';
import type { AuditEntry } from '../../../functions/domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import type { CalendarOf } from '../../../functions/domain/people/people.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { createClock } from '../../account/clock.ts';
import { slowTransitions } from '../../account/limits.ts';
import type { Mail } from '../../account/ses/mail.ts';
import type { ExecutionView } from '../../account/step-functions/execution.ts';
import { tableName } from '../local-names.ts';
import { asksIn } from '../play/asks-in-mail.ts';
import { failuresOf } from '../play/failures.ts';
import { choicesOn } from '../play/page-form.ts';
import { employPeople, type Mishap } from '../play/people.ts';
import { visit } from '../play/visit.ts';
import { putOnBus } from '../put-event.ts';
import { importRoster } from '../roster-import.ts';
import { createSystem, type System, silent } from '../system.ts';
import { measuredIn, measureInNights, type StoryMeasured } from './measured-nights.ts';
import { sendDigests } from './morning-digests.ts';
import { employOperator } from './operator.ts';
import { type FaultAt, randomFaults } from './random-faults.ts';
import type { Story } from './story.ts';

/** What became of a story. */
export interface Outcome {
  readonly story: Story;
  readonly handoffs: readonly Ended[];
  /** The names of all executions, those of open items among them. */
  readonly executions: readonly string[];
  /** The ids of all handoffs that there are records of. */
  readonly records: readonly string[];
  /** Every mail, in the order in which they were sent. */
  readonly mails: readonly Mail[];
  /** Who was there: from the start, and after each import. The newest is last. */
  readonly rosters: readonly RosterAt[];
  readonly calendarOf: CalendarOf;
  readonly mishaps: readonly Mishap[];
  /** What went wrong, and when. */
  readonly faults: readonly FaultAt[];
  /** What failed, in words. */
  readonly failures: readonly string[];
  /** Links of canceled handoffs on which something could still be decided, in words. */
  readonly livingLinks: readonly string[];
  /** Dead letters that are left, in words. */
  readonly leftovers: readonly string[];
  /** When the last thing happened: milliseconds since the epoch. */
  readonly end: number;
  /** What was measured on the way, where that was asked for. */
  readonly measured?: StoryMeasured;
}

/** A handoff when nothing waits for anything any more. */
export interface Ended {
  readonly record: HandoffRecord;
  readonly execution: ExecutionView;
  readonly audit: readonly AuditEntry[];
}

export interface RosterAt {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly people: readonly Person[];
}

/** What is done beside the handoffs. */
export interface Beside {
  /** Reports are made of it, night by night. */
  readonly isMeasured?: boolean;
  /** Daily digests go out where escalations are told in them; `none`: nobody sends any. */
  readonly digests?: 'none';
}

/** Plays a story to its end, in an account of its own and in virtual time. */
export async function playStory(story: Story, { isMeasured = false, digests }: Beside = {}): Promise<Outcome> {
  const { playbook, events, roster } = story;
  const start = Math.min(...events.map(({ time }) => Date.parse(time)));
  const clock = createClock({ start });
  const faults = randomFaults({
    seed: story.seed,
    weather: story.weather,
    outages: story.outages,
    most: story.mostFaults,
    now: () => clock.now(),
    quietAfter: start + troubled,
  });
  const system = await createSystem({
    clock,
    roster,
    playbook,
    ...story.site,
    siteUrl: 'https://handoff.example.com',
    observerOf: () => silent,
    account: {
      faults,
      newId: countedIds(),
      engine: { random: halfWay },
      ...(story.transitionTakes !== undefined && { limits: slowTransitions(story.transitionTakes) }),
    },
  });
  try {
    const staff = employPeople({ ...story, system });
    if (story.weather !== 'none') employOperator({ system, from: start, days: troubled / day + 14 });
    const trouble = system.account.mailTrouble;
    for (const { email, how } of story.unreachable) {
      if (how === 'reject') trouble.reject(email, 'Address blacklisted.');
      else trouble[how](email);
    }
    for (const { at, playbook } of story.deploys) clock.at(Date.parse(at), () => system.deploy(playbook));
    const rosters: RosterAt[] = [{ at: clock.now(), people: roster }];
    for (const event of events)
      clock.at(Date.parse(event.time), async () => {
        const problem = await putOnBus(system, event);
        if (problem) throw new Error(problem);
      });
    for (const { at, roster: people } of story.imports)
      clock.at(Date.parse(at), async () => {
        await importInto(system, people);
        rosters.push({ at: clock.now(), people: await system.world.roster.everybody() });
      });
    const livingLinks = watchLinks(system);
    if (story.playbook.escalations === 'digest' && digests !== 'none')
      sendDigests(system, { roster: () => rosters.at(-1)?.people ?? roster, tries: story.weather === 'none' ? 1 : 4 });
    const nights = isMeasured ? measureInNights(system, story.seed) : [];
    await clock.runToEnd();
    const end = clock.now();
    const measured = isMeasured ? await measuredIn(system, { from: start, nights }) : undefined;
    return {
      story,
      handoffs: await endedIn(system),
      executions: system.account.stepFunctions.executions().map(({ name }) => name),
      records: await recordedIn(system),
      mails: system.account.inbox.mails,
      rosters,
      calendarOf: system.world.calendarOf,
      faults: faults.drawn,
      mishaps: staff.mishaps(),
      failures: failuresOf(system.account),
      livingLinks,
      leftovers: leftoversIn(system),
      end,
      ...(measured && { measured }),
    };
  } finally {
    await system.close();
  }
}

const day = 86_400_000;
/** Things go wrong for so long after the deal was won, in milliseconds: follow-ups have their share. */
const troubled = 60 * day;

/** Retries wait for half of what they might: as long every time. */
const halfWay = (): number => 0.5;

/** Ids that are the same in every run, in the shape of UUIDs. */
function countedIds(): () => string {
  let made = 0;
  return () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
}

/** Tries the links of each handoff that was canceled, a while later; what is found is there once the story is over. */
function watchLinks(system: System): readonly string[] {
  const { account, clock } = system;
  const living: string[] = [];
  const links = new Map<string, Set<string>>();
  account.inbox.watch((mail) => {
    const { handoff = '', kind = '' } = mail.tags;
    const known = links.get(handoff) ?? new Set<string>();
    links.set(handoff, known);
    for (const { link } of asksIn(mail)) known.add(link);
    if (kind !== cancelledMail || known.size === 0) return;
    const tried = [...known].slice(-linksTried);
    known.clear();
    clock.at(clock.now() + hour, async () => {
      for (const link of tried) {
        const { body } = await visit(system, { method: 'GET', path: link });
        const choices = choicesOn(body);
        if (choices.length > 0) living.push(`${handoff}: ${link} offers ${choices.join(', ')} after it was canceled.`);
      }
    });
  });
  return living;
}

const hour = 3_600_000;
const cancelledMail = 'handoff-cancelled';
/** The newest links are the likeliest to live on. */
const linksTried = 4;

/** Dead letters, and what still waits in a queue. */
const leftoversIn = ({ account }: System): string[] => [
  ...account.deadLetters.map(({ functionName, errorMessage }) => `A dead letter of ${functionName}: ${errorMessage}`),
  ...account.queues.all.flatMap(({ name }) => account.queues.messages(name).map(() => `A message is left in ${name}.`)),
];

/** As `npm run roster` does. */
async function importInto({ clients, world }: System, people: readonly Person[]): Promise<void> {
  const roster = rosterIn(openTable(clients.dynamodb, tableName));
  await importRoster({ roster, work: world, text: JSON.stringify(people), say: () => undefined });
}

async function recordedIn({ clients }: System): Promise<string[]> {
  const names = { '#sk': 'sk' };
  const ids: string[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await clients.dynamodb.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: '#sk = :handoff',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':handoff': { S: sort.handoff } },
        ExclusiveStartKey: from,
      }),
    );
    ids.push(...(page.Items ?? []).map(({ pk }) => pk?.S?.slice(partition.handoff('').length) ?? ''));
    from = page.LastEvaluatedKey;
  } while (from);
  return ids;
}

async function endedIn(system: System): Promise<Ended[]> {
  const executions = system.account.stepFunctions.executions();
  const ended = await Promise.all(
    executions.map(async (execution) => {
      const record = await system.world.handoffs.load(execution.name);
      return record ? [{ record, execution, audit: await system.world.audit.trail(execution.name) }] : [];
    }),
  );
  return ended.flat();
}
