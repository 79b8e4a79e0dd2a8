import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { MailRecord } from '../../../../functions/domain/handoff/mail-record.ts';
import {
  everSent,
  gotBefore,
  leftOutBefore,
  leftOutField,
  mailOfStep,
  sentBeforeText,
} from '../../../../functions/domain/handoff/sent-before.ts';
import type { Announcement } from '../../../../functions/domain/playbook/announcements.ts';
import { anna, handoffRecord, lena, stepRecord } from '../../../support/handoff-record.ts';

const at = '2026-11-20T15:00:00Z';
const henrik = 'Henrik@customer.example';
const paula = 'paula@customer.example';

const sent = (mail: Partial<MailRecord> = {}): MailRecord => ({ key: '', status: 'sent', at, ...mail });

/** An episode in which somebody approved a text for people, and what became of a mail. */
function episode(input: { text?: string; to?: readonly string[]; mails?: Record<string, MailRecord> }): HandoffRecord {
  const { text = 'Hello Henrik,\nI am Lena.', to = [henrik], mails = {} } = input;
  const decided = { choice: 'approved', evidence: { text, recipients: to } };
  const invited = { choice: 'scheduled', evidence: { recipients: to, meetingAt: '2026-11-26T10:00:00Z' } };
  const steps = [stepRecord('introduce-customer', { decided }), stepRecord('schedule-kickoff', { decided: invited })];
  return { ...handoffRecord({ sample: 'self-serve', steps }), mails };
}

const got = (now: HandoffRecord, before: HandoffRecord, say: Announcement = 'customer-introduction') =>
  [...gotBefore(now, [before], say)].sort();

const introduced = (mail: Partial<MailRecord> = {}) => ({ 'customer-introduction': sent(mail) });

describe('what the customer got when the deal was won another time (P)', () => {
  it('is the introduction in the same words, white space aside, for those it went to', () => {
    const before = episode({ mails: introduced({ sentTo: [henrik] }) });
    expect(got(episode({ text: 'Hello Henrik, I am Lena. ', to: [henrik, paula] }), before)).toEqual([
      'henrik@customer.example',
    ]);
  });

  it('is no introduction in other words: that is newly made', () => {
    expect(got(episode({ text: 'Hello again.' }), episode({ mails: introduced() }))).toEqual([]);
  });

  it('is whatever was approved, where the record does not say to whom it went', () => {
    const before = episode({ to: [henrik, paula], mails: introduced() });
    expect(got(episode({}), before)).toEqual(['henrik@customer.example', paula]);
  });

  it.each(['held', 'claimed'] as const)('is nothing that was %s', (status) => {
    expect(got(episode({}), episode({ mails: introduced({ status }) }))).toEqual([]);
  });

  it('is nothing that came back from an address; what was reported as spam did arrive', () => {
    const fate = (what: 'bounced' | 'rejected' | 'complained') => ({ 'henrik@customer.example': { what, at } });
    const gotAfter = (what: 'bounced' | 'rejected' | 'complained') =>
      got(episode({}), episode({ mails: introduced({ fates: fate(what) }) }));
    expect(gotAfter('bounced')).toEqual([]);
    expect(gotAfter('rejected')).toEqual([]);
    expect(gotAfter('complained')).toEqual(['henrik@customer.example']);
  });

  it('is no invitation: an appointment is newly made each time', () => {
    const before = episode({ mails: { 'kickoff-invitation': sent({ sentTo: [henrik] }) } });
    expect(got(episode({}), before, 'kickoff-invitation')).toEqual([]);
  });

  it('is an onboarding mail, whatever the introduction said', () => {
    const before = episode({ mails: { 'onboarding-faq': sent({ sentTo: [henrik] }) } });
    expect(got(episode({ text: 'Other words.' }), before, 'onboarding-faq')).toEqual(['henrik@customer.example']);
    expect(got(episode({}), before, 'onboarding-contacts')).toEqual([]);
  });
});

describe('the mail that an answer sends to the customer', () => {
  it('is the one written from that answer: an appointment is newly made, and colleagues are not the customer', () => {
    const record = handoffRecord();
    expect(mailOfStep(record, 'introduce-customer')).toBe('customer-introduction');
    expect(mailOfStep(record, 'schedule-kickoff')).toBeUndefined();
    expect(mailOfStep(record, 'confirm-handoff')).toBeUndefined();
    expect(mailOfStep(record, 'review-brief')).toBeUndefined();
    expect(mailOfStep(record, 'no-such-step')).toBeUndefined();
  });
});

describe('who ever got the introduction', () => {
  const on = (day: string, mail: Partial<MailRecord> = {}) =>
    episode({ mails: introduced({ at: `2026-11-${day}T10:00:00Z`, sentTo: [henrik], ...mail }) });

  it('is each with the newest time, in whatever order the episodes come, and whatever its words were', () => {
    const newest = [{ email: 'henrik@customer.example', at: '2026-11-12T10:00:00Z' }];
    expect(everSent([on('10'), on('12'), on('11')], 'customer-introduction')).toEqual(newest);
    expect(everSent([on('12'), on('10')], 'customer-introduction')).toEqual(newest);
  });

  it('is nobody where none went out', () => {
    expect(everSent([on('10', { status: 'held' }), episode({})], 'customer-introduction')).toEqual([]);
  });

  it('is said with each day once, before the same is approved again', () => {
    const sent = everSent([on('10'), on('10', { sentTo: [paula] })], 'customer-introduction');
    expect(sentBeforeText('customer-introduction', sent, { zone: 'Europe/Berlin', at })).toBe(
      'henrik@customer.example and paula@customer.example got the introduction on Tue, Nov 10, when this deal was won before. In the same words it does not go out to them again. To tell them something new, change the text, or write to them yourself.',
    );
  });
});

describe('who was left out of a mail, on a page that comes after its approval', () => {
  const approvedAt = '2026-11-20T15:00:00Z';
  const approved = (evidence = { [leftOutField]: [henrik] }) =>
    handoffRecord({
      steps: [stepRecord('introduce-customer', { decided: { choice: 'approved', at: approvedAt, evidence } })],
    });
  const later = (milliseconds: number) => new Date(Date.parse(approvedAt) + milliseconds).toISOString();
  const said = 'Henrik@customer.example got the introduction in these words when this deal was won before.';

  it('is told to whoever approved it, on what they are asked from then on for three days', () => {
    const days = 3 * 86_400_000;
    for (const after of [0, days - 1])
      expect(leftOutBefore(approved(), { person: lena, askedAt: later(after) })).toContain(said);
    for (const after of [-1, days])
      expect(leftOutBefore(approved(), { person: lena, askedAt: later(after) })).toBeUndefined();
  });

  it('is told to nobody else, nor where everybody got it', () => {
    expect(leftOutBefore(approved(), { person: anna, askedAt: approvedAt })).toBeUndefined();
    expect(leftOutBefore(approved({ [leftOutField]: [] }), { person: lena, askedAt: approvedAt })).toBeUndefined();
  });
});
