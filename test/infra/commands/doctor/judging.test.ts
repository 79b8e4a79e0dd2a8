import { describe, expect, it } from 'vitest';
import { itemExecutionName } from '../../../../functions/aws/execution-names.ts';
import { type Diagnosis, examine, fixAll } from '../../../../infra/commands/doctor/examine.ts';
import { executionQuota, mailQuotas } from '../../../../infra/commands/doctor/quotas.ts';
import { exitCodeOf, jsonReport, textReport } from '../../../../infra/commands/doctor/report.ts';
import type { Circumstances, HandoffsSeen, MailServiceSeen } from '../../../../infra/commands/doctor/sight.ts';
import { strayExecutions } from '../../../../infra/commands/doctor/stray-executions.ts';
import { calendarOf } from '../../../support/handoff-record.ts';

const known: Circumstances = {
  at: '2026-11-20T15:00:00Z',
  stage: 'production',
  stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:handoff-production:live',
  defaultZone: 'UTC',
  calendarOf,
  playbookNamed: () => undefined,
  playbookName: 'default',
};

const well: MailServiceSeen = { most: 50_000, sent: 100, rate: 14, peak: 0.1, isEnabled: true };
const said = (change: Partial<MailServiceSeen>, mailPerSecond?: number) =>
  mailQuotas({ mailService: { ...well, ...change } }, { mailPerSecond }).map(({ wrong }) => wrong);

describe('quotas', () => {
  it('are near from four fifths on', () => {
    expect(said({})).toEqual([]);
    expect(said({ sent: 39_999 })).toEqual([]);
    expect(said({ sent: 40_000 })).toEqual(['40,000 of at most 50,000 recipients in 24 hours are used.']);
    expect(said({ rate: 10, peak: 7.9 })).toEqual([]);
    expect(said({ rate: 10, peak: 8.25 })).toEqual(['8.3 of at most 10 recipients a second are used.']);
    expect(said({ most: -1, sent: 1_000_000 })).toEqual([]);
  });

  it('tell of the sandbox, and of sending that is paused', () => {
    expect(said({ most: 200, rate: 1, sent: 0, peak: 0 })).toEqual([expect.stringContaining('sandbox')]);
    expect(said({ most: 200, rate: 14, sent: 0 })).toEqual([]);
    expect(said({ isEnabled: false })).toEqual([expect.stringContaining('Sending is paused')]);
  });

  it('tell of a rate that functions are told wrongly', () => {
    expect(said({}, undefined)).toEqual([]);
    expect(said({}, 14)).toEqual([]);
    expect(said({ rate: 27.9 }, 14)).toEqual([]);
    expect(said({ rate: 28 }, 14)).toEqual([
      expect.stringMatching(/mailPerSecond is 14, and SES allows 28 .*wait longer/),
    ]);
    expect(said({ rate: 10 }, 14)).toEqual([
      expect.stringMatching(/mailPerSecond is 14, and SES allows 10 .*too early/),
    ]);
    expect(said({ rate: -1 }, 14)).toEqual([]);
    // In the sandbox, one finding says it all.
    expect(said({ most: 200, rate: 1, sent: 0 }, 14)).toHaveLength(1);
  });

  it('count open executions', () => {
    const running = (size: number) => ({
      executions: { running: { size } as ReadonlyMap<string, string>, over: new Map() },
    });
    expect(executionQuota(running(799_999))).toEqual([]);
    expect(executionQuota(running(800_000))[0]?.wrong).toBe('800,000 of at most 1,000,000 open executions are used.');
  });
});

describe('executions that run', () => {
  const long = `${'D'.repeat(76)}-12`;
  const handoffs: HandoffsSeen = {
    begun: new Map([
      ['D-1-1', { status: 'open' }],
      ['D-2-1', { status: 'complete', endedAt: '2026-11-19T15:00:00Z' }],
      ['D-3-1', { status: 'cancelled', endedAt: '2026-11-20T14:30:00Z' }],
      [long, { status: 'open' }],
    ]),
    waiting: [{ id: 'D-4-1' }, { id: 'D-5-1' }],
    calledOff: new Set(['D-6-1']),
    records: [],
    claims: [],
    unreadable: [],
  };
  const strays = (...names: readonly (readonly [string, string])[]) =>
    strayExecutions(
      {
        handoffs,
        executions: { running: new Map(names), over: new Map() },
        roster: { people: [], openHandoffs: new Map(), unreadable: [] },
      },
      known,
    ).map(({ about }) => about);

  it('belong to a handoff or to one of its open items', () => {
    const lately = '2026-11-20T14:50:00Z';
    const names = [
      'D-1-1',
      'D-1-1_1',
      'D-2-1_34',
      'D-3-1',
      'D-4-1',
      ...['1', '12', '123'].map((item) => itemExecutionName(long, item)),
    ];
    expect(strays(...names.map((name) => [name, lately] as const))).toEqual([]);
  });

  it('are strays where nothing is recorded, or it is over, or does not begin', () => {
    const before = '2026-11-20T12:00:00Z';
    const names = ['D-2-1', 'D-5-1', 'D-6-1', 'D-9-1', 'D-9-1_1', `${long.slice(0, 60)}_1`];
    expect(strays(...names.map((name) => [name, before] as const))).toEqual(names);
  });
});

const diagnosis: Diagnosis = {
  check: 'claims',
  about: 'D-1-1 handoff-begins',
  wrong: 'Nobody knows.',
  mend: 'Ask.',
  fix: { do: 'hold-mail', handoff: 'D-1-1', key: 'handoff-begins' },
};

describe('what the doctor says', () => {
  const judged = [{ name: 'claims', title: 'of every email it is known whether it went out' }];
  const reported = { found: [diagnosis], judged, skipped: [], unseen: [], known, open: 3 };

  it('is text for people', () => {
    expect(textReport(reported)).toBe(
      `claims: not so that of every email it is known whether it went out
  D-1-1 handoff-begins
    wrong  Nobody knows.
    to do  Ask.

1 found (1 check, 3 open handoffs). --fix fixes 1.`,
    );
    const fixed = [{ ...diagnosis, fixed: { done: true, said: 'held it' } }];
    expect(textReport({ ...reported, found: fixed })).toContain(
      '    fixed  held it\n\n1 found (1 check, 3 open handoffs). 1 fixed.',
    );
    expect(textReport({ ...reported, found: [] })).toBe('Nothing is wrong: 1 check, 3 open handoffs.');
  });

  it('names what could not be looked at, and what that needs', () => {
    const unseen = [{ part: 'mailService', why: 'AccessDenied: no' }] as const;
    const skipped = [{ name: 'mail', title: 'SES takes what is sent' }];
    expect(textReport({ ...reported, found: [], unseen, skipped })).toBe(
      `Could not look at SES: AccessDenied: no
  needs  ses:GetSendQuota, GetSendStatistics and GetAccountSendingEnabled

Not judged: mail.

Nothing is wrong in what could be judged: 1 check, 3 open handoffs.`,
    );
  });

  it('is one JSON document for programs', () => {
    expect(JSON.parse(jsonReport(reported))).toEqual({
      at: known.at,
      stage: 'production',
      openHandoffs: 3,
      judged: ['claims'],
      notJudged: [],
      found: [diagnosis],
      unseen: [],
    });
  });

  it('ends with 0 when all is well or was mended, 1 when something is not, 2 when not all could be seen', () => {
    const mended = { ...diagnosis, fixed: { done: true, said: 'held it' } };
    const failed = { ...diagnosis, fixed: { done: false, said: 'it is gone' } };
    const unseen = [{ part: 'queues', why: 'no' }] as const;
    expect(exitCodeOf({ found: [], unseen: [] })).toBe(0);
    expect(exitCodeOf({ found: [mended], unseen: [] })).toBe(0);
    expect(exitCodeOf({ found: [mended, failed], unseen: [] })).toBe(1);
    expect(exitCodeOf({ found: [diagnosis], unseen: [] })).toBe(1);
    expect(exitCodeOf({ found: [], unseen })).toBe(2);
  });
});

describe('fixes', () => {
  it('are done once each, and one that fails keeps no other from being done', async () => {
    const asked: string[] = [];
    const other = { ...diagnosis, fix: { do: 'redrive', execution: 'D-2-1' } } as const;
    const { fix: _, ...byHand } = diagnosis;
    const done = await fixAll([other, diagnosis, diagnosis, byHand], async (fix) => {
      asked.push(fix.do);
      if (fix.do === 'redrive') throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      return { done: true, said: 'held it' };
    });
    expect(asked).toEqual(['redrive', 'hold-mail']);
    expect(done.map(({ fixed }) => fixed)).toEqual([
      { done: false, said: 'AccessDeniedException: no' },
      { done: true, said: 'held it' },
      { done: true, said: 'held it' },
      undefined,
    ]);
  });

  it('judge nothing where nothing was seen', () => {
    expect(examine({ sight: {} }, known)).toMatchObject({ found: [], judged: [] });
  });
});
