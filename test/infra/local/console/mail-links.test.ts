import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';
import type { Mail } from '../../../../infra/account/ses/mail.ts';
import { mailOf, newestLink } from '../../../../infra/local/console/mail-links.ts';

const at = Date.parse('2026-11-23T10:00:00Z');
const lena = 'lena.vogt@example.com';

const mail = (id: string, { text = '', ...tags }: Readonly<Record<string, string>>): Mail => ({
  id,
  at,
  recipients: [lena],
  from: { name: '', address: 'handoff@example.com' },
  to: [{ name: 'Lena Vogt', address: lena }],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: id,
  text,
  html: '',
  headers: {},
  attachments: [],
  calendar: undefined,
  tags: { handoff: 'D-1', ...tags },
  raw: new Uint8Array(),
});

describe('the email of a timeline’s entry', () => {
  const mails = ['first', 'second'].map((step) => mail(`about-${step}`, { kind: 'ask', step }));
  const said = (step: string): AuditEntry => ({
    at: '2026-11-23T10:00:00Z',
    who: 'system',
    what: 'mail-sent',
    step,
    detail: `ask to ${lena}`,
    from: 'execution',
  });

  it('is the one about its step, where two of a kind went to somebody at once', () => {
    expect(mailOf(mails, 'D-1', said('first'))?.subject).toBe('about-first');
    expect(mailOf(mails, 'D-1', said('second'))?.subject).toBe('about-second');
    expect(mailOf(mails, 'D-1', said('third'))).toBeUndefined();
  });
});

describe('the link to an open step', () => {
  const link = (letter: string) => `/s/${letter.repeat(22)}`;
  const old = mail('old', { kind: 'ask', step: 'first', text: `http://x${link('o')}` });
  const both = mail('both', {
    kind: 'ask',
    step: 'first',
    steps: 'first_second',
    kinds: 'ask_ask',
    text: `http://x${link('a')} and http://x${link('b')}`,
  });
  const linkTo = (step: string, email = lena) => newestLink([old, both], { handoff: 'D-1', step, email });

  it('is found in the newest email to its owner, also where that asks for several steps', () => {
    expect(linkTo('first')).toBe(link('a'));
    expect(linkTo('second')).toBe(link('b'));
    expect(linkTo('third')).toBeUndefined();
    expect(linkTo('first', 'anna.keller@example.com')).toBeUndefined();
  });
});
