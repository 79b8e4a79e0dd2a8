import { describe, expect, it } from 'vitest';
import type { CrmNote, WriteBackValues, Written } from '../../../functions/ports/crm.ts';
import { CrmUnavailable } from '../../../functions/ports/errors.ts';
import type { SeenDeal } from '../../../functions/ports/seen-deals.ts';
import type { WrittenBack } from '../../../functions/ports/write-backs.ts';
import { type WriteBackSetting, writeBack } from '../../../functions/verbs/write-back.ts';
import { writeBackValues } from '../../../functions/verbs/write-back-values.ts';
import { roster } from '../../support/deals.ts';
import { anna, handoffRecord, lena, stepRecord } from '../../support/handoff-record.ts';

const at = '2026-11-20T15:00:00Z';
const people = new Map(roster().map((person) => [person.email, person]));
const site = { url: 'https://handoff.example.com', defaultZone: 'Europe/Berlin' };
const done = (step: string, choice: string, evidence = {}) =>
  stepRecord(step, { decided: { choice, by: lena, at: '2026-11-19T10:00:00Z', evidence } });

function played(asked: readonly WriteBackSetting[], record = handoffRecord()) {
  const told: { written: WriteBackValues[]; notes: CrmNote[]; audit: string[]; into: string[] } = {
    ...{ written: [], notes: [], audit: [], into: [] },
  };
  const now: {
    record: typeof record;
    answer: Written;
    fails: boolean;
    /** Once, before it is kept that the CRM refuses. */
    isKilled: boolean;
    kept?: WrittenBack;
    version: number;
    newest: string;
    seen: Map<string, { readonly seen: Partial<SeenDeal> }>;
  } = {
    seen: new Map(),
    record,
    answer: 'written',
    fails: false,
    isKilled: false,
    version: 0,
    newest: record.state.id,
  };
  const answered = (): Written => {
    if (now.fails) throw new CrmUnavailable('The CRM is out.');
    return now.answer;
  };
  const world = {
    handoffs: { load: async () => now.record },
    deals: { episodes: async () => [now.newest] },
    roster: { people: async () => people },
    writeBacks: {
      load: async () => now.kept && { written: now.kept, version: now.version },
      save: async (_: string, written: WrittenBack, over: number) => {
        if (over !== now.version) return undefined;
        if (now.isKilled && written.refused) {
          now.isKilled = false;
          throw new Error('The function was killed.');
        }
        now.kept = written;
        now.version += 1;
        return now.version;
      },
    },
    seenDeals: { load: async (dealId: string) => now.seen.get(dealId) },
    audit: { write: async (_: string, { detail }: { detail: string }) => void told.audit.push(detail) },
    site: { ...site, name: 'Handoff', company: 'Example', sender: 'handoff@example.com' },
    asked,
    crm: {
      write: async (dealId: string, values: WriteBackValues) => {
        const answer = answered();
        told.into.push(dealId);
        told.written.push(values);
        return answer;
      },
      addNote: async (dealId: string, note: CrmNote) => {
        const answer = answered();
        told.into.push(dealId);
        told.notes.push(note);
        return answer;
      },
    },
  };
  const run = (by = 'message-1', when = at) => writeBack(world as never)({ handoffId: record.state.id, by, at: when });
  return { now, told, run };
}

describe('what is written back', () => {
  it('is what was asked for, in our words, and no more', async () => {
    const { told, run } = played(['status', 'owner', 'board']);
    expect(await run()).toEqual({ outcome: 'written' });
    const { id } = handoffRecord().state;
    expect(told.written).toEqual([
      { status: 'open', owner: 'Lena Vogt', board: `https://handoff.example.com/operations/handoffs/${id}` },
    ]);
    expect(told.notes).toEqual([]);
  });

  it('is as long as its field in the CRM takes, and says that it goes on', () => {
    const notes = 'What we agreed on. '.repeat(500);
    const record = handoffRecord({ steps: [done('hold-internal-meeting', 'held', { notes })] });
    const longNamed = new Map([...people].map(([email, person]) => [email, { ...person, name: 'Lena '.repeat(80) }]));
    const { meetingNotes, owner } = writeBackValues(record, { people: longNamed, site, at });
    for (const [text, most] of [
      [meetingNotes, 5000],
      [owner, 255],
    ] as const)
      expect(String(text)).toSatisfy(
        (said: string) => said.length <= most && said.length > most - 20 && said.endsWith('…'),
      );
  });

  it('is written once, however often it is asked for, and again only what is new', async () => {
    const { told, run, now } = played(['status', 'phase', 'notes']);
    await run();
    expect(await run()).toEqual({ outcome: 'nothing new' });
    now.record = { ...now.record, state: { ...now.record.state, status: 'stalled' } };
    await run();
    expect(told.written.map(({ status, phase }) => [status, phase !== undefined])).toEqual([
      ['open', true],
      ['stalled', false],
    ]);
    expect(told.notes).toHaveLength(1);
  });

  it('is nothing where nothing has come about', async () => {
    const { told, run } = played(['introducedOn', 'firstValueOn', 'score']);
    await run();
    expect(told.written.flatMap(Object.keys)).not.toContain('introducedOn');
  });

  it('is the day in the zone of the company, and emptied where it no longer holds', async () => {
    const record = handoffRecord({ steps: [done('introduce-customer', 'sent')] });
    const values = writeBackValues(record, { people, site, at });
    expect(values.introducedOn).toBe('2026-11-19');
    const { now, told, run } = played(['introducedOn'], record);
    await run();
    now.record = handoffRecord();
    await run();
    expect(told.written).toEqual([{ introducedOn: '2026-11-19' }, { introducedOn: null }]);
  });

  it('has a score once somebody has signed off, or it has ended', () => {
    const scoreOf = (record: ReturnType<typeof handoffRecord>) => writeBackValues(record, { people, site, at }).score;
    expect(scoreOf(handoffRecord())).toBeNull();
    expect(scoreOf(handoffRecord({ steps: [done('confirm-handoff', 'confirmed')] }))).toBeTypeOf('number');
    expect(scoreOf(handoffRecord({ state: { status: 'complete' } }))).toBeTypeOf('number');
  });

  it('says nothing of a step that was skipped', () => {
    const record = handoffRecord({ steps: [done('introduce-customer', 'skipped')] });
    expect(writeBackValues(record, { people, site, at }).introducedOn).toBeNull();
  });

  it('is of the newest handoff of a deal only', async () => {
    const { now, told, run } = played(['status', 'notes']);
    now.newest = 'D-1-2';
    expect(await run()).toEqual({ outcome: 'not the newest' });
    expect([told.written, told.notes]).toEqual([[], []]);
  });
});

describe('what is written back of a deal that was merged', () => {
  it('goes to the one that lives on: all values, as nobody knows what stands there, and only notes that are new', async () => {
    const { now, told, run } = played(['status', 'phase', 'score', 'notes']);
    const { dealId } = now.record.deal;
    await run();
    const notes = told.notes.length;
    now.seen.set(dealId, { seen: { livesAs: 'C' } });
    expect(await run()).toEqual({ outcome: 'written' });
    expect(told.written[1]).toEqual({ ...told.written[0], score: null });
    expect(told.into).toEqual([...Array(1 + notes).fill(dealId), 'C']);
    expect(told.notes).toHaveLength(notes);
    expect(await run()).toEqual({ outcome: 'nothing new' });
  });

  it('is nothing where another handoff is the one of both', async () => {
    const { now, told, run } = played(['status', 'notes']);
    now.seen.set(now.record.deal.dealId, { seen: { partOf: 'A' } });
    expect(await run()).toEqual({ outcome: 'not the newest' });
    expect(told.into).toEqual([]);
  });
});

describe('when the CRM', () => {
  it('will not take it, that is on record once, and tried again when there is something else to write', async () => {
    const { now, told, run } = played(['status']);
    now.answer = { refused: 'Property "reason" is required.' };
    expect(await run()).toEqual({ outcome: 'refused' });
    expect(await run()).toEqual({ outcome: 'nothing new' });
    expect(told.audit).toEqual(['The CRM takes no values of this handoff: Property "reason" is required.']);
    now.record = { ...now.record, state: { ...now.record.state, status: 'complete', endedAt: at } };
    now.answer = 'written';
    expect(await run()).toEqual({ outcome: 'written' });
    expect(now.kept?.refused).toBeUndefined();
  });

  it('will not take it, that is on record before it is not tried again any more', async () => {
    const { now, told, run } = played(['status']);
    now.answer = { refused: 'Not now.' };
    now.isKilled = true;
    await expect(run()).rejects.toThrow('killed');
    expect(told.audit).toHaveLength(1);
    expect(now.kept?.refused).toBeUndefined();
    await run();
    expect(now.kept?.refused).toBeDefined();
  });

  it('is out, nothing is taken for written', async () => {
    const { now, told, run } = played(['status', 'notes']);
    now.fails = true;
    await expect(run()).rejects.toThrow(CrmUnavailable);
    now.fails = false;
    await run();
    expect([told.written.length, told.notes.length]).toEqual([1, 1]);
  });

  it('knows the deal no more, it is left', async () => {
    const { now, told, run } = played(['status', 'notes']);
    now.answer = 'gone';
    expect(await run()).toEqual({ outcome: 'gone' });
    expect(told.notes).toEqual([]);
  });

  it('is interrupted among notes, those that are there are not added again', async () => {
    const record = handoffRecord({
      steps: [done('introduce-customer', 'sent'), done('confirm-handoff', 'confirmed')],
    });
    const { now, told, run } = played(['notes'], record);
    await run();
    const texts = told.notes.map(({ text }) => text);
    expect(texts).toHaveLength(3);
    expect(texts.join(' ')).toContain('Lena Vogt signed off');
    expect(texts.join(' ')).not.toContain(anna);
    now.kept = { values: {}, notes: now.kept?.notes.slice(0, 1) ?? [] };
    await run();
    expect(told.notes.map(({ text }) => text)).toEqual([...texts, ...texts.slice(1)]);
  });

  it('is being written to by somebody else, that waits: the older would come over the newer', async () => {
    const { now, told, run } = played(['status', 'notes']);
    now.kept = { values: {}, notes: [], busy: { by: 'message-2', at } };
    now.version = 1;
    await expect(run('message-1')).rejects.toThrow('at this moment');
    expect([told.written, told.notes]).toEqual([[], []]);
    // Whoever was interrupted goes on, and holds nobody up for ever.
    expect(await run('message-2')).toEqual({ outcome: 'written' });
    now.kept = { values: {}, notes: [], busy: { by: 'message-2', at } };
    expect(await run('message-3', '2026-11-20T15:16:00Z')).toEqual({ outcome: 'written' });
    expect(now.kept?.busy).toBeUndefined();
  });

  it('will not take a note, that is on record, and the note is not tried again', async () => {
    const { now, told, run } = played(['notes']);
    now.answer = { refused: 'Notes are switched off.' };
    expect(await run()).toEqual({ outcome: 'refused' });
    expect(await run()).toEqual({ outcome: 'nothing new' });
    expect(told.audit).toEqual(['The CRM takes no note: Notes are switched off.']);
  });
});
