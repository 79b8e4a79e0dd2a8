import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../../functions/aws/settings.ts';

const environment = {
  HANDOFF_TABLE: 'handoff',
  SITE_URL: 'https://handoff.example.com',
  SITE_NAME: 'Handoff',
  COMPANY: 'Lumen Works',
  MAIL_FROM: 'handoff@example.com',
  DEFAULT_ZONE: 'Europe/Berlin',
};

describe('the settings', () => {
  it('are what the environment says, and nothing else of it', () => {
    expect(parseSettings({ ...environment, PATH: '/bin' })).toEqual(environment);
  });

  it('may name the state machine, the playbook, the configuration set and how the company looks', () => {
    const more = {
      STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:111111111111:stateMachine:handoff',
      PLAYBOOK: 'default',
      LOCALE: 'de-DE',
      MAIL_CONFIGURATION_SET: 'handoff',
      BRAND_COLOR: '#0a7d33',
      BRAND_LOGO: 'https://example.com/logo.png',
    };
    expect(parseSettings({ ...environment, ...more })).toEqual({ ...environment, ...more });
  });

  it('lose the slash at the end of the address', () => {
    expect(parseSettings({ ...environment, SITE_URL: 'https://handoff.example.com//' }).SITE_URL).toBe(
      'https://handoff.example.com',
    );
  });

  it.each(['UTC', 'Asia/Calcutta', 'Asia/Kolkata', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires'])(
    'take %s for a zone: of some the runtime lists another name',
    (zone) => {
      expect(parseSettings({ ...environment, DEFAULT_ZONE: zone }).DEFAULT_ZONE).toBe(zone);
    },
  );

  it.each(['Berlin', '+02:00', '', 'Asia/Nowhere'])('take no "%s" for a zone', (zone) => {
    expect(() => parseSettings({ ...environment, DEFAULT_ZONE: zone })).toThrow(
      'an IANA time zone such as Europe/Berlin',
    );
  });

  it('are refused with every problem listed together', () => {
    const attempt = () =>
      parseSettings({
        SITE_URL: 'ftp://x',
        SITE_NAME: '',
        MAIL_FROM: 'nobody',
        DEFAULT_ZONE: 'Berlin',
        LOCALE: 'german',
        STATE_MACHINE_ARN: 'handoff',
        BRAND_COLOR: '#ffcc00',
        BRAND_LOGO: 'logo.png',
      });
    for (const name of [
      'HANDOFF_TABLE',
      'SITE_URL',
      'SITE_NAME',
      'COMPANY',
      'MAIL_FROM',
      'DEFAULT_ZONE',
      'STATE_MACHINE_ARN',
      'BRAND_COLOR: expected a color such as #1d4ed8, dark enough for white text',
      'BRAND_LOGO',
      'LOCALE: expected the tag of a locale such as en-US, en-GB, or de-DE',
    ])
      expect(attempt).toThrow(name);
  });

  it('do not leak their values into the error', () => {
    expect(() => parseSettings({ ...environment, MAIL_FROM: 'secret-value' })).not.toThrow('secret-value');
  });
});
