import { cancelHandoff } from '../../functions/verbs/cancel-handoff.ts';
import { openItem } from '../../functions/verbs/open-item.ts';
import { type Actor, actorAt, giveTo, type Stage } from './acting.ts';
import { sampleEvent } from './deals.ts';
import { anna, klaus, lena, ruth } from './handoff-record.ts';
import { untilAsked, upTo, won } from './progress.ts';
import { enter } from './who-may.ts';
import { openSystem } from './world.ts';

const fill = 'complete-package';
const exception = { reason: 'They decide in January.' };

/** The package lacks answers, and Anna has been asked for them. */
async function asked(until?: string): Promise<Stage> {
  const system = await openSystem({ at: won });
  const id = await system.win(sampleEvent('incomplete'));
  if (until !== undefined) await system.until(until);
  return { system, id, step: fill };
}

/** The same after somebody did something on their page. */
async function after(
  as: Parameters<typeof enter>[1],
  choice: string,
  typed: Parameters<Actor['act']>[1],
): Promise<Stage> {
  const stage = await asked();
  const { status, html } = await (await enter(stage, as, 'sales')).act(choice, typed);
  if (status !== 200) throw new Error(`${choice} was not taken: ${html}`);
  return stage;
}

const reached = async (step: Parameters<typeof upTo>[0]): Promise<Stage> => {
  const { system, id } = await upTo(step);
  if (step !== 'follow-ups') await untilAsked(system, id, step);
  return { system, id, step };
};

async function ended(to: 'complete' | 'abandoned', stage: Stage): Promise<Stage> {
  const { system, id } = stage;
  await system.world.handoffs.changeStatus({ id, from: ['open'], to, at: system.now() });
  return stage;
}

async function withItem(paths?: readonly ['contract.discounts']): Promise<Stage> {
  const { system, id } = await asked();
  const record = await system.load(id);
  const asks = { title: 'Name their buyer', what: 'Find out who buys.', from: fill, by: ruth, due: '2026-12-01' };
  const item = { key: 'k', owner: anna, ...(paths && { paths }), ...asks, ...exception };
  const opened = await openItem(system.world, { record, item, at: system.now() });
  if (!opened) throw new Error('The item was not opened.');
  return { system, id, step: opened.step };
}

/** The states of a step and of its handoff, by name; each stage is new. */
export const stages = {
  asked: () => asked(),
  overdue: () => asked('2026-11-20T12:00:00Z'),
  'waiting for the customer': () => after('owner', 'wait-for-customer', { until: '2026-11-25', ...exception }),
  'exception asked': () => after('owner', 'request-exception', exception),
  'exception asked by revenue operations': async () => {
    const stage = await asked();
    await giveTo(stage, ruth);
    const link = { step: fill, person: ruth, as: 'owner' } as const;
    const { status, html } = await (await actorAt(stage, link)).act('request-exception', exception);
    if (status !== 200) throw new Error(`The request was not taken: ${html}`);
    return stage;
  },
  returned: async () => {
    const stage = await reached('review-brief');
    await stage.system.answer(lena, 'review-brief', 'return', { gaps: 'Who signs?' });
    return { ...stage, step: fill };
  },
  decided: () => after('rev-ops', 'grant-exception', { ...exception, owner: anna, dueDate: '2026-12-15' }),
  skipped: () => after('manager', 'skip', exception),
  'handoff canceled': async () => {
    const stage = await asked();
    const { system, id } = stage;
    await cancelHandoff(system.world)({ handoffId: id, by: klaus, at: system.now(), from: 'page', ...exception });
    return stage;
  },
  'handoff complete': async () => ended('complete', await asked()),
  'handoff abandoned': async () => ended('abandoned', await asked()),
  'in review': () => reached('review-brief'),
  'meeting ahead': async () => ({ ...(await reached('review-brief')), step: 'schedule-internal-meeting' }),
  'meeting over': () => reached('hold-internal-meeting'),
  'meeting held': async () => ({ ...(await reached('introduce-customer')), step: 'hold-internal-meeting' }),
  'remarks after the end': async () => ended('complete', { ...(await reached('follow-ups')), step: 'share-remarks' }),
  'answers owed': () => withItem(['contract.discounts']),
  'task owed': () => withItem(),
} as const satisfies Readonly<Record<string, () => Promise<Stage>>>;
