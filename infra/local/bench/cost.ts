import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { costUsd } from '../../account/cost.ts';
import { playEvents } from '../play/play-events.ts';
import type { Manner } from '../play/script.ts';
import { type SampleName, sampleEvent, sampleRoster } from '../sample-company.ts';
import { columns, type Figure, type Part } from './figures.ts';

const samples: readonly SampleName[] = ['complete-standard', 'enterprise-across-zones', 'self-serve'];
const manners: readonly Manner[] = ['prompt', 'late', 'silent'];
/** The bill of a handoff that goes as planned, beside its mail alone. */
const mostTimesMail = 1.8;
const mostEvents = 1000;

/** What an on-time standard handoff may use at most, and cost (USD); late people's may cost more. */
const most = { transitions: 55, invocations: 60, readUnits: 250, writeUnits: 160, usd: 0.004, usdLate: 0.006 } as const;

interface Line {
  readonly deal: SampleName;
  readonly people: Manner;
  readonly transitions: number;
  readonly invocations: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly events: number;
  /** USD of one handoff. */
  readonly usd: Readonly<Record<'transitions' | 'mail' | 'lambda' | 'dynamodb' | 'other' | 'total', number>>;
}

/** What one handoff costs at list prices, for each kind of deal and each kind of people. */
export async function benchCost(playbook: Playbook): Promise<Part> {
  const lines: Line[] = [];
  for (const deal of samples) for (const people of manners) lines.push(await lineOf(playbook, deal, people));
  const prompt = lines.filter(({ people }) => people === 'prompt').map(timesMail);
  const events = lines.map((line) => line.events);
  const [onTime, late] = lines.filter(({ deal }) => deal === 'complete-standard');
  const figures: Figure[] = [
    ...(onTime && late ? standardFigures(onTime, late) : []),
    {
      what: 'on time: total ÷ mail, the dearest deal',
      measured: `${Math.max(...prompt).toFixed(2)} ×`,
      goal: { text: `≤ ${mostTimesMail} ×`, met: Math.max(...prompt) <= mostTimesMail },
    },
    {
      what: 'events in the history, the longest',
      measured: String(Math.max(...events)),
      goal: { text: `< ${mostEvents}`, met: Math.max(...events) < mostEvents },
    },
  ];
  return {
    title: 'Cost of one handoff (USD for 1,000 of them, us-east-1 list prices, no free tier)',
    figures,
    notes: [
      '',
      ...columns([
        ['deal', 'people', 'transitions', 'mail', 'lambda', 'dynamodb', 'other', 'total', '÷ mail', 'events'],
        ...lines.map(cells),
      ]),
      '',
      'lambda: 100 ms at 256 MB for each invocation, a guess on the high side; other: events, HTTP calls, schedules.',
      'With silent people the handoff is given up in the end, which is logged as HandoffAbandoned.',
    ],
  };
}

/** Of the standard deal, with prompt people and with late ones. */
function standardFigures(onTime: Line, late: Line): Figure[] {
  const counted = (what: string, count: number, goal: number): Figure => ({
    what: `on time, standard: ${what}`,
    measured: String(count),
    goal: { text: `≤ ${goal}`, met: count <= goal },
  });
  const cost = (what: string, usd: number, goal: number): Figure => ({
    what: `${what}, standard: cost`,
    measured: `$${usd.toFixed(4)}`,
    goal: { text: `≤ $${goal.toFixed(4)}`, met: usd <= goal },
  });
  return [
    counted('state transitions', onTime.transitions, most.transitions),
    counted('Lambda invocations', onTime.invocations, most.invocations),
    counted('read units', onTime.readUnits, most.readUnits),
    counted('write units', onTime.writeUnits, most.writeUnits),
    cost('on time', onTime.usd.total, most.usd),
    cost('late', late.usd.total, most.usdLate),
  ];
}

async function lineOf(playbook: Playbook, deal: SampleName, people: Manner): Promise<Line> {
  const { reports, usage } = await playEvents({
    events: [sampleEvent(deal)],
    playbook,
    roster: sampleRoster(),
    manner: people,
    script: {},
  });
  const { items, total } = costUsd(usage);
  return {
    deal,
    people,
    transitions: usage.stateTransitions,
    invocations: Object.values(usage.lambdaInvocations).reduce((sum, count) => sum + count, 0),
    ...usage.dynamodb,
    events: reports[0]?.execution.events ?? Number.NaN,
    usd: {
      transitions: items.stateTransitions,
      mail: items.mail,
      lambda: items.lambdaCompute + items.lambdaRequests,
      dynamodb: items.dynamodbReads + items.dynamodbWrites,
      other: items.events + items.httpCalls + items.schedulerInvocations + items.queueRequests,
      total,
    },
  };
}

const timesMail = ({ usd }: Line): number => usd.total / usd.mail;

function cells(line: Line): string[] {
  const { transitions, mail, lambda, dynamodb, other, total } = line.usd;
  const money = [transitions, mail, lambda, dynamodb, other, total].map((usd) => (usd * 1000).toFixed(2));
  return [line.deal, line.people, ...money, timesMail(line).toFixed(2), String(line.events)];
}
