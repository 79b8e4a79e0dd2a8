import { describe, expect, it } from 'vitest';
import type { OpenItem } from '../../../functions/domain/handoff/open-item.ts';
import type { StepRecord } from '../../../functions/domain/handoff/step-record.ts';
import { finishHanding, finishHandings } from '../../../functions/verbs/finish-handing.ts';
import {
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  type StepOverrides,
  stepRecord,
} from '../../support/handoff-record.ts';
import { openSystem } from '../../support/world.ts';

const handedAt = '2026-11-21T10:00:00Z';
const handed = { at: handedAt, by: lena, from: lena, of: lena, why: 'asked', reason: 'On leave' } as const;
const item: OpenItem = {
  key: 'term',
  title: 'Contract: Term length',
  what: 'Say how long the contract runs.',
  from: 'complete-package',
  by: lena,
  due: '2026-12-15',
  openedAt: handedAt,
};

/** A step that Daniel got with the whole part of Lena, in a handoff whose other steps she has decided. */
const given = (overrides: StepOverrides = {}, step = 'introduce-customer') =>
  stepRecord(step, { owner: daniel, handed, ...overrides });

async function under(...steps: readonly StepRecord[]) {
  const { world } = await openSystem();
  const roles: string[] = [];
  const noting = {
    ...world,
    handoffs: {
      ...world.handoffs,
      changePerson: async (_id: string, role: string, email: string) => {
        roles.push(`${role} ${email}`);
      },
    },
  };
  const record = handoffRecord({ steps });
  const at = (after: number) => new Date(Date.parse(handedAt) + after).toISOString();
  return { record, world: noting, roles, at };
}

describe('whoever gets a step with the whole part of somebody', () => {
  it('holds the role from then on, and no other', async () => {
    const step = given();
    const { world, record, roles, at } = await under(step);
    await finishHanding(world, { record, people, step, at: at(0) });
    expect(roles).toEqual([`customerSuccessManager ${daniel}`]);
  });

  it('holds no role by an open item, nor one more time what they hold', async () => {
    const open = given({ item }, 'complete-package');
    const { world, record, roles, at } = await under(open);
    await finishHanding(world, { record, people, step: open, at: at(0) });
    const own = given({ owner: lena, handed: { ...handed, of: klaus, from: klaus } });
    await finishHanding(world, { record, people, step: own, at: at(0) });
    expect(roles).toEqual([]);
  });

  it('gets nothing more where they were given one step, or nobody knows them', async () => {
    const { of, ...alone } = handed;
    const { world, record, roles, at } = await under();
    await finishHanding(world, { record, people, step: given({ handed: alone }), at: at(0) });
    await finishHanding(world, { record, people, step: given({ owner: 'nobody@example.com' }), at: at(0) });
    expect([roles, of]).toEqual([[], lena]);
  });
});

describe('a handing that was interrupted', () => {
  const fortnight = 14 * 86_400_000;

  it('is finished by whoever comes within a fortnight', async () => {
    const { world, record, roles, at } = await under(given());
    expect(await finishHandings(world, { record, people, at: at(fortnight) })).toBe(false);
    expect(roles).toEqual([]);
    expect(await finishHandings(world, { record, people, at: at(fortnight - 1) })).toBe(true);
    expect(roles).toEqual([`customerSuccessManager ${daniel}`]);
  });

  it('gives the role to whoever was given it last', async () => {
    const decided = { choice: 'approved' };
    const then = { ...handed, at: '2026-11-22T10:00:00Z', from: daniel, of: daniel };
    const { world, record, roles, at } = await under(
      given({ decided }),
      given({ owner: klaus, handed: then, decided }, 'schedule-kickoff'),
    );
    expect(await finishHandings(world, { record, people, at: at(2 * 86_400_000) })).toBe(true);
    expect(roles).toEqual([`customerSuccessManager ${klaus}`]);
  });

  it('is none where the role is held already, or only an open item was given', async () => {
    const { world, record, at } = await under(given({ owner: lena }), given({ item }, 'complete-package'));
    expect(await finishHandings(world, { record, people, at: at(0) })).toBe(false);
  });
});
