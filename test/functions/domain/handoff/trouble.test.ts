import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { MailRecord } from '../../../../functions/domain/handoff/mail-record.ts';
import { everybodyTold, reliefs } from '../../../../functions/domain/handoff/trouble.ts';
import { anna, daniel, handoffRecord, klaus, lena, ruth, stepRecord } from '../../../support/handoff-record.ts';

const step = 'hold-kickoff';
const asked = '2026-11-20T15:00:00Z';
const handedAt = '2026-11-25T09:00:00Z';

const mail = (key: string, at = handedAt): MailRecord => ({ key, status: 'sent', at });
const rung = (kind: string, person: string, askedAt = asked) => mail(`${step}/${askedAt}/1/${kind}/${person}`);

/** Lena was late, Daniel took over, and did it. */
function relieved(...mails: readonly MailRecord[]): readonly string[] {
  const record: HandoffRecord = {
    ...handoffRecord(),
    mails: Object.fromEntries(mails.map((each) => [each.key, each])),
  };
  const handed = { from: lena, by: klaus, at: handedAt, why: 'asked' } as const;
  const taken = { owner: daniel, openedAt: asked, askedAt: handedAt, handed };
  const open = stepRecord(step, { ...taken, decided: { choice: 'held', by: daniel, at: '2026-11-26T10:00:00Z' } });
  return reliefs(record, open).map(({ person }) => person);
}

describe('who hears that trouble with a step that was handed over is over', () => {
  it('is whoever was told since', () => {
    expect(relieved(rung('escalate', ruth, handedAt))).toEqual([ruth]);
  });

  it('is not who was told before, and heard that somebody else has it', () => {
    expect(relieved(rung('escalate', ruth), mail(`handed-over/${handedAt}/${lena}/${daniel}/${ruth}`))).toEqual([]);
  });

  it('is who was told at the moment it was handed over, and has not heard of that', () => {
    expect(relieved(rung('escalate', ruth), rung('escalate', klaus))).toEqual([ruth]);
    expect(relieved(rung('escalate', ruth), mail(`handed-over/${handedAt}/${lena}/${anna}/${ruth}`))).toEqual([ruth]);
  });

  it('is who was told after they had heard of that stand-in before', () => {
    const before = mail(`handed-over/until 2026-12-01/${lena}/${daniel}/${ruth}`, '2026-11-19T09:00:00Z');
    expect(relieved(rung('escalate', ruth), before)).toEqual([ruth]);
  });

  it('is who was told that nobody decides on an exception, which was asked for before', () => {
    const stall = mail(`${step}/exception/${asked}/4/stall/${ruth}`, '2026-11-25T21:00:00Z');
    expect(relieved(stall, mail(`handed-over/${handedAt}/${lena}/${daniel}/${ruth}`))).toEqual([ruth]);
  });

  it('is nobody who was only asked or reminded', () => {
    expect(relieved(rung('ask', lena), rung('remind', lena))).toEqual([]);
  });
});

describe('who was told anything of a handoff', () => {
  const told = (...mails: readonly MailRecord[]) =>
    everybodyTold({ ...handoffRecord(), mails: Object.fromEntries(mails.map((each) => [each.key, each])) });
  const customer = 'h.luehrs@nordwind-logistik.example';

  it('is whom a key names, and whom the trail says an announcement went to', () => {
    const confirmation = {
      ...mail('confirm-handoff/1'),
      said: { detail: `handoff-confirmation to ${klaus}, ${lena}` },
    };
    expect(told(rung('ask', lena), confirmation)).toEqual([lena, klaus]);
  });

  it('is a colleague who had a copy of what went to the customer, and not the customer', () => {
    const detail = `customer-introduction to ${customer}, ${klaus}`;
    expect(told({ ...mail('introduce-customer/1'), sentTo: [customer], said: { detail } })).toEqual([klaus]);
  });

  it('is nobody of an email that did not go out, or of which nothing is known', () => {
    expect(told({ ...rung('ask', lena), status: 'held', said: { detail: `ask to ${lena}` } }, mail('x/1'))).toEqual([]);
  });
});
