import { describe, expect, it } from 'vitest';
import { parseStartOptions } from '../../../infra/local/start-options.ts';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';

describe('parseStartOptions', () => {
  it('uses port 4566 and no time of its own unless told', () => {
    expect(parseStartOptions({}, [])).toEqual({ port: 4566 });
    expect(parseStartOptions({ PORT: '', START_AT: '' }, [])).toEqual({ port: 4566 });
  });

  it('takes port and time from the environment, the time rather from the command', () => {
    expect(parseStartOptions({ PORT: '0', START_AT: '2026-11-17T09:30:00+01:00' }, [])).toEqual({
      port: 0,
      startAt: Date.UTC(2026, 10, 17, 8, 30),
    });
    const startAt = Date.UTC(2027, 0, 1);
    expect(parseStartOptions({ START_AT: 'never' }, ['--at', '2027-01-01T00:00:00Z'])).toEqual({ port: 4566, startAt });
    expect(parseStartOptions({}, ['--at=2027-01-01T00:00:00Z'])).toEqual({ port: 4566, startAt });
  });

  it.each(['abc', '-1', '65536', '80.5', '0x50', '1e3'])('names PORT when it is %s', (PORT) => {
    expect(parseStartOptions({ PORT }, [])).toEqual({ problems: [expect.stringContaining(`PORT is "${PORT}"`)] });
  });

  it('names every problem together', () => {
    expect(parseStartOptions({ PORT: 'x', START_AT: '2026-11-17' }, ['--fast'])).toEqual({
      problems: [
        expect.stringContaining('PORT'),
        expect.stringContaining('--fast'),
        expect.stringContaining('START_AT'),
      ],
    });
    expect(parseStartOptions({}, ['--at'])).toEqual({ problems: [expect.stringContaining('--at needs')] });
  });

  it('takes a shipped playbook by its name, and says which there are', () => {
    expect(parseStartOptions({}, ['--playbook', 'default'])).toEqual({
      port: 4566,
      playbook: shippedPlaybooks.default,
    });
    expect(parseStartOptions({}, ['--playbook=deflaut', '--at=soon'])).toEqual({
      problems: [expect.stringContaining('--at is "soon"'), expect.stringMatching(/"deflaut".*: .*default/)],
    });
    expect(parseStartOptions({}, ['--playbook='])).toEqual({ problems: [expect.stringContaining('--playbook needs')] });
  });

  it('takes a locale by its tag', () => {
    expect(parseStartOptions({}, ['--locale', 'de-DE'])).toEqual({ port: 4566, locale: 'de-DE' });
    expect(parseStartOptions({}, ['--locale=German'])).toEqual({
      problems: [expect.stringContaining('--locale is "German"; it must be the tag of a locale')],
    });
  });

  it('takes a CRM by its name, or none', () => {
    expect(parseStartOptions({}, ['--crm', 'pipedrive'])).toEqual({ port: 4566, crm: 'pipedrive' });
    expect(parseStartOptions({}, ['--crm=none'])).toEqual({ port: 4566, crm: 'none' });
    expect(parseStartOptions({}, ['--crm', 'hubspt', '--locale=German'])).toEqual({
      problems: [
        expect.stringContaining('--locale'),
        '--crm is "hubspt"; it must be one of hubspot, salesforce, pipedrive, none.',
      ],
    });
    expect(parseStartOptions({}, ['--crm'])).toEqual({ problems: [expect.stringContaining('--crm needs')] });
  });
});
