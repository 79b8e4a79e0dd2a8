import { describe, expect, it } from 'vitest';
import { sign, verify } from '../../../functions/aws/signing.ts';
import { awsWorld } from '../../../functions/aws/world.ts';
import type { OutgoingMail } from '../../../functions/ports/mail.ts';
import { lena } from '../../support/handoff-record.ts';
import { openSystem } from '../../support/world.ts';

const settings = {
  HANDOFF_TABLE: 'handoff',
  SITE_URL: 'https://handoff.example.com',
  SITE_NAME: 'Handoff',
  COMPANY: 'Lumen Works',
  MAIL_FROM: 'handoff@example.com',
  DEFAULT_ZONE: 'Europe/Berlin',
};

const now = () => Date.parse('2026-11-17T08:30:00Z');

const mail: OutgoingMail = {
  to: [{ name: 'Lena Vogt', email: lena }],
  cc: [],
  message: { subject: 'Hello', preview: 'Hello', blocks: [] },
  tags: { handoff: 'D-1', kind: 'ask', step: 'hold-kickoff' },
};

describe('what is loaded when it is first used', () => {
  it('is loaded again after a first time that failed, and then kept', async () => {
    const { clients } = await openSystem({ roster: [] });
    let loads = 0;
    const world = awsWorld(
      settings,
      {
        dynamodb: clients.dynamodb,
        sfn: clients.sfn,
        scheduler: clients.scheduler,
        firehose: clients.firehose,
        get ses() {
          loads += 1;
          return loads === 1 ? Promise.reject(new Error('not there yet')) : clients.ses;
        },
      },
      { now },
    );
    await expect(world.mail.send(mail)).rejects.toThrow('not there yet');
    await world.mail.send(mail);
    await world.mail.send(mail);
    expect(loads).toBe(2);
  });
});

describe('the site as pages and mails know it', () => {
  it('has the address for replies, color and logo only where there is one', async () => {
    const { clients } = await openSystem({ roster: [] });
    expect(awsWorld(settings, clients, { now }).site).toEqual({
      sender: 'handoff@example.com',
      url: settings.SITE_URL,
      name: settings.SITE_NAME,
      company: settings.COMPANY,
      defaultZone: settings.DEFAULT_ZONE,
    });
    const answering = { ...settings, MAIL_REPLY_TO: 'operations@example.com' };
    expect(awsWorld(answering, clients, { now }).site.repliesTo).toBe('operations@example.com');
    const branded = { ...settings, BRAND_COLOR: '#0a7d33', BRAND_LOGO: 'https://example.com/logo.png' };
    expect(awsWorld(branded, clients, { now }).site).toMatchObject({
      color: branded.BRAND_COLOR,
      logo: branded.BRAND_LOGO,
    });
  });
});

describe('a function that has no state machine', () => {
  it('says so when it is to start an execution', async () => {
    const { clients } = await openSystem({ roster: [] });
    await expect(awsWorld(settings, clients, { now }).executions.start('D-1')).rejects.toThrow('STATE_MACHINE_ARN');
  });
});

describe('the first moment for a reminder', () => {
  it.each([
    ['what happens now', '2026-11-17T08:30:00Z', '2026-11-17T08:32:00.000Z'],
    ['what happened ten minutes ago, or is tried again', '2026-11-17T08:20:00Z', '2026-11-17T08:32:00.000Z'],
    ['what comes before its time, as the clocks differ', '2026-11-17T08:31:00Z', '2026-11-17T08:33:00.000Z'],
  ])('is two minutes from now for %s', async (_, at, soonest) => {
    const { clients } = await openSystem({ roster: [] });
    expect(awsWorld(settings, clients, { now }).soonestReminder(at)).toBe(soonest);
  });
});

describe('a signature', () => {
  it('is good for its key and its text only', () => {
    const signature = sign('key', 'text');
    expect(verify('key', 'text', signature)).toBe(true);
    expect(verify('another', 'text', signature)).toBe(false);
    expect(verify('key', 'other', signature)).toBe(false);
    expect(verify('key', 'text', signature.slice(1))).toBe(false);
    expect(verify('key', 'text', '')).toBe(false);
  });
});
