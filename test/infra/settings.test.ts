import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { senderIdentityOf, settingsOf } from '../../infra/settings.ts';

const { stages } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context;
const settings = (changes: object) => settingsOf('test', { test: { ...stages.sample, ...changes } });

describe('Settings', () => {
  it('are those of the sample when nobody says otherwise, with little in them', () => {
    expect(settingsOf('sample', stages)).toMatchObject({
      stage: 'sample',
      customerManagedKey: false,
      trustedAccounts: [],
      logLevel: 'INFO',
      logDays: 90,
    });
  });

  it('that cannot be used are told all at once', () => {
    const wrong = () =>
      settings({
        company: '',
        sender: 'Handoff <handoff@example.com>',
        alarmMail: undefined,
        defaultZone: 'Berlin',
        logLevel: 'LOUD',
        logDays: 42,
        trustedAccounts: ['1234'],
        domain: { name: 'handoff.example.com' },
        colour: 'blue',
      });
    expect(wrong).toThrow(/^The settings of stage "test" cannot be used:\n/);
    for (const name of ['company', 'sender', 'alarmMail', 'defaultZone', 'logLevel', 'logDays', 'trustedAccounts.0'])
      expect(wrong).toThrow(new RegExp(`\n  ${name}: `));
    expect(wrong).toThrow('Europe/Berlin');
    expect(wrong).toThrow('domain: needs a certificateArn, a hostedZone, or both');
    expect(wrong).toThrow('colour');
  });

  it('name the stages there are when asked for another', () => {
    expect(() => settingsOf('prod', { dev: {}, production: {} })).toThrow('no stage "prod"; it has: dev, production');
    expect(() => settingsOf('constructor', {})).toThrow('none');
  });

  it('keep names short enough for everything that carries the stage', () => {
    expect(() => settingsOf('Production', { Production: stages.sample })).toThrow('lower-case');
    expect(() => settingsOf('a-stage-with-a-long-name', { 'a-stage-with-a-long-name': stages.sample })).toThrow('16');
  });

  it('take the domain of the sender for what SES has verified, unless another identity is named', () => {
    expect(senderIdentityOf(settings({}))).toBe('example.com');
    expect(senderIdentityOf(settings({ senderIdentityName: 'handoff@example.com' }))).toBe('handoff@example.com');
  });
});
