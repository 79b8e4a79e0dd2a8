import { describe, expect, it } from 'vitest';
import type { HandoffRecord, MailRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { gotBefore } from '../../../../functions/domain/handoff/sent-before.ts';
import type { Announcement } from '../../../../functions/domain/playbook/announcements.ts';
import { handoffRecord, stepRecord } from '../../../support/handoff-record.ts';

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
