import { expect } from 'vitest';
import type { Capacity } from '../../functions/domain/playbook/playbook.ts';
import type { ReservedAction } from '../../functions/domain/step/step-actions.ts';
import type { Page } from '../../functions/pages/outcome-page.ts';
import { type Actor, actorAt, giveTo, itemsOf, leaves, restore, type Stage } from './acting.ts';
import { anna, daniel, klaus, lena, ruth } from './handoff-record.ts';

const olivia = 'olivia.bennett@example.com';
const tom = 'tom.hughes@example.com';
const grace = 'grace.okafor@example.com';

/** Whoever may hold a link about a step, with the capacity that stands in it. */
export const columns = {
  owner: 'owner',
  'stand-in': 'owner',
  /** The owner, while somebody stands in. */
  'is-away': 'owner',
  /** The owner, after somebody else got the step. */
  'had-it': 'owner',
  /** The owner, no longer in the company. */
  'has-left': 'owner',
  /** The owner, with a link about a step that nobody was asked. */
  elsewhere: 'owner',
  /** Whom an exception is asked of. */
  reviewer: 'reviewer',
  /** Somebody of whom one was asked before. */
  reviewed: 'reviewer',
  manager: 'manager',
  /** Of the other side. */
  'manager-2': 'manager',
  'rev-ops': 'revenueOperations',
  reader: 'reader',
  /** A host of the meeting, of the other side. */
  host: 'reader',
} as const satisfies Readonly<Record<string, Capacity>>;
type Column = keyof typeof columns;

const reason = 'Kept word for word';

type Typed = Readonly<Record<string, string>>;

/** What is typed with each act, beside what pages fill in. Every text in it is to be found again when it is refused. */
export const actions: Readonly<Record<ReservedAction, Typed>> = {
  save: { 'dealContext.whyUs': reason },
  'request-exception': { reason },
  'decline-exception': { reason },
  'hand-review': { reason },
  reassign: { reason },
  'wait-for-customer': { until: '2026-12-22', reason },
  note: { text: reason },
  skip: { reason },
  cancel: { reason },
  away: { from: '2026-12-21', until: '2026-12-23' },
  'move-meeting': { meetingAt: '2026-11-19T11:00', reason },
  'call-off-meeting': { reason },
};

const choices: Readonly<Record<string, Typed>> = {
  complete: { 'dealContext.whyUs': reason },
  'grant-exception': { reason, owner: anna, dueDate: '2026-12-30' },
  accept: { questions: reason },
  return: { gaps: reason },
  scheduled: { place: reason },
  held: { notes: reason },
  shared: { right: reason },
  supplied: { 'contract.discounts': reason },
  settled: { outcome: reason },
  'not-possible': { reason },
};

/** How acts are refused: the status, and the words that the page says it with. */
const refusals: Readonly<Record<string, readonly [number, string]>> = {
  no: [422, 'You cannot do this here, or not any more: nothing was changed. Choose one of the buttons below.'],
  theirs: [422, 'has this step now: nothing was changed.'],
  done: [409, 'already did this'],
  over: [409, 'Nothing more for '],
  left: [410, 'Somebody else has this now'],
  none: [404, 'This link isn’t complete'],
};

/** Who plays whom on a step of either side. */
const casts = {
  sales: { owner: anna, next: olivia, manager: klaus, otherManager: daniel, host: lena },
  success: { owner: lena, next: tom, manager: daniel, otherManager: klaus, host: anna },
} as const;
export type Side = keyof typeof casts;

/** Puts somebody behind a link of their own; the stage is changed where their part asks for it. */
export async function enter(stage: Stage, column: Column, side: Side): Promise<Actor> {
  const cast = casts[side];
  const people: Readonly<Record<Column, string>> = {
    owner: cast.owner,
    'stand-in': cast.next,
    'is-away': cast.owner,
    'had-it': cast.owner,
    'has-left': cast.owner,
    elsewhere: cast.owner,
    reviewer: lena,
    reviewed: grace,
    manager: cast.manager,
    'manager-2': cast.otherManager,
    'rev-ops': ruth,
    reader: olivia,
    host: cast.host,
  };
  if (column === 'stand-in' || column === 'is-away') await giveTo(stage, cast.next, cast.owner);
  if (column === 'had-it') await giveTo(stage, cast.next);
  if (column === 'has-left') await leaves(stage, cast.owner);
  const step = column === 'elsewhere' ? 'record-first-value' : stage.step;
  return actorAt(stage, { step, person: people[column], as: columns[column] });
}

/** A table of who may do what: by act, by column, `yes` or how it is refused. */
type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Reads a table as it is drawn; a row `everything` stands for all acts there are. */
export function tableOf(drawn: string): Table {
  const [head = [], ...rows] = drawn
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));
  const cells = rows.flatMap(([act = '', ...row]) => {
    const cell = Object.fromEntries(head.map((column, at) => [column, row[at] ?? 'missing']));
    const acts = act === 'everything' ? [...Object.keys(choices), ...Object.keys(actions)] : [act];
    return acts.map((each) => [each, cell] as const);
  });
  return Object.fromEntries(cells);
}

/**
 * Has everybody of a table try each of its acts, on one stage that is put back each time. Returns the table as it turned out.
 * Throws where something else is wrong: an act that is taken and not offered, or offered and not taken; one that is refused
 * and leaves something behind; one that loses what was typed.
 */
export async function tryAll(stage: Stage, table: Table, side: Side): Promise<Table> {
  const acts = Object.keys(table);
  const outcomes: Record<string, Record<string, string>> = Object.fromEntries(acts.map((act) => [act, {}]));
  await stage.system.clock.settled();
  const clean = await itemsOf(stage);
  for (const column of Object.keys(columns) as Column[]) {
    const actor = await enter(stage, column, side);
    const before = await itemsOf(stage);
    for (const act of acts) {
      const typed = choices[act] ?? actions[act as ReservedAction];
      const page = await actor.act(act, typed);
      const isOffered = actor.offers.includes(act);
      const said = outcomeOf(page);
      const name = `${column}: ${act}: ${said}`;
      expect(isOffered, `${name}: offered`).toBe(said === 'yes');
      Object.assign(outcomes[act] ?? {}, { [column]: said });
      if (said === 'yes') {
        expect(await restore(stage, before), `${name}: on record`).not.toEqual([]);
      } else if (said !== 'left' && said !== 'none')
        // Whoever has no page here is shown nothing of it.
        for (const text of Object.values(typed)) expect(page.html, `${name}: kept`).toContain(text);
    }
    expect(await restore(stage, before), `${column}: left behind`).toEqual([]);
    await restore(stage, clean);
  }
  return outcomes;
}

function outcomeOf({ status, html }: Page): string {
  if (status === 200) return 'yes';
  const known = Object.entries(refusals).find(([, [code, words]]) => status === code && html.includes(words));
  return known?.[0] ?? `${status} ${html.replace(/[\s\S]*<h1/, '').replace(/<[^>]*>/g, ' ')}`;
}
