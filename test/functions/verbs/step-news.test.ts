import { describe, expect, it } from 'vitest';
import type { MailRecord } from '../../../functions/domain/handoff/mail-record.ts';
import type { People } from '../../../functions/domain/people/people.ts';
import { tellStepNews } from '../../../functions/verbs/step-news.ts';
import {
  anna,
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  ruth,
  type StepOverrides,
  stepRecord,
} from '../../support/handoff-record.ts';
import { openSystem } from '../../support/world.ts';

const handedAt = '2026-11-21T10:00:00Z';
const handed = { at: handedAt, by: daniel, from: lena, why: 'asked', reason: 'On leave' } as const;
const minute = 60_000;
const week = 7 * 24 * 60 * minute;

/** Daniel gave a step of Lena's to Klaus: Lena, and those concerned, are to hear of it. */
async function given(overrides: StepOverrides = {}) {
  const { world, mails } = await openSystem();
  const step = stepRecord('introduce-customer', { owner: klaus, handed, ...overrides });
  const record = handoffRecord({ steps: [step] });
  const tell = async (more: { after?: number; told?: string[]; by?: People } = {}) => {
    const { after = 0, told = [], by = people } = more;
    const before = mails().length;
    const at = new Date(Date.parse(handedAt) + after).toISOString();
    const again = await tellStepNews(world, { record, step, people: by, at, told });
    const readers = mails()
      .slice(before)
      .map(({ tags, recipients }) => `${tags['kind']} ${recipients.join()}`);
    return { readers: readers.toSorted(), again };
  };
  return { tell };
}

const all = [`handed-away ${lena}`, `taken-over ${anna}`, `taken-over ${ruth}`];
const allBut = (reader: string) => all.filter((each) => !each.endsWith(reader));

describe('news of a step that has another owner', () => {
  it('is told to whoever had it, to the other side and to the manager, once', async () => {
    const { tell } = await given();
    expect(await tell()).toEqual({ readers: all, again: undefined });
    expect(await tell({ after: minute })).toEqual({ readers: [], again: undefined });
  });

  it('is told for a week, and is no news after that', async () => {
    expect((await (await given()).tell({ after: week })).readers).toEqual(all);
    expect((await (await given()).tell({ after: week + 1 })).readers).toEqual([]);
  });

  it('is told to nobody who has left', async () => {
    const left = new Map([...people].map(([email, person]) => [email, { ...person, active: email !== anna }]));
    const { tell } = await given();
    expect((await tell({ by: left })).readers).toEqual(allBut(anna));
  });

  it('comes a quarter of an hour later to whoever got another mail just now', async () => {
    const { tell } = await given();
    expect(await tell({ told: [anna] })).toEqual({ readers: allBut(anna), again: '2026-11-21T10:15:00.000Z' });
    expect(await tell({ after: 15 * minute })).toEqual({ readers: [`taken-over ${anna}`], again: undefined });
  });

  it('is told at once where the step is decided: nobody comes again', async () => {
    const { tell } = await given({ decided: { choice: 'approved', at: handedAt } });
    expect(await tell({ told: [anna] })).toEqual({ readers: all, again: undefined });
  });
});

describe('news of another step whose trouble is over', () => {
  const decidedAt = '2026-11-20T10:00:00Z';
  const tell = async (...notes: readonly MailRecord[]): Promise<readonly string[]> => {
    const { world, mails } = await openSystem();
    const held = stepRecord('hold-internal-meeting', {
      askedAt: '2026-11-17T10:00:00Z',
      decided: { choice: 'held', at: decidedAt, by: lena },
    });
    const rung: MailRecord = {
      key: `${held.step}/${held.askedAt}/1/escalate/${ruth}`,
      status: 'sent',
      at: '2026-11-19T10:00:00Z',
    };
    const open = stepRecord('introduce-customer');
    const told = Object.fromEntries([rung, ...notes].map((mail) => [mail.key, mail]));
    const record = { ...handoffRecord({ steps: [held, open] }), mails: told };
    await tellStepNews(world, { record, step: open, people, at: handedAt });
    return mails().map(({ tags, recipients }) => `${tags['kind']} ${recipients.join()}`);
  };
  const notes = (to: string, at = decidedAt): MailRecord => ({
    key: 'internal-meeting-notes',
    status: 'sent',
    at,
    said: { step: 'hold-internal-meeting', detail: `internal-meeting-notes to ${to}` },
  });

  it('is told where nobody told it then', async () => {
    expect(await tell()).toEqual([`trouble-over ${ruth}`]);
  });

  it('is not told to whoever got what came of it, and to everybody else it is', async () => {
    expect(await tell(notes(`${lena}, ${ruth}`))).toEqual([]);
    expect(await tell(notes(lena))).toEqual([`trouble-over ${ruth}`]);
    expect(await tell(notes(ruth, '2026-11-20T09:00:00Z'))).toEqual([`trouble-over ${ruth}`]);
  });
});
