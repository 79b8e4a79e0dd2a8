import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { senderIdentityOf, settingsOf } from '../../../infra/stack/settings.ts';

const { stages } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8')).context;
const settings = (changes: object) => settingsOf('test', { test: { ...stages.sample, ...changes } });

describe('Settings', () => {
  it('are those of the sample when nobody says otherwise, with little in them', () => {
    expect(settingsOf('sample', stages)).toMatchObject({
      stage: 'sample',
      customerManagedKey: false,
      trustedAccounts: [],
      logLevel: 'INFO',
      logDays: 90,
      playbook: 'default',
      locale: 'en-US',
    });
  });

  it('name the zone as people there do', () => {
    for (const defaultZone of ['UTC', 'Asia/Kolkata', 'Europe/Kyiv'])
      expect(settings({ defaultZone })).toMatchObject({ defaultZone });
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
        playbook: 'deflaut',
        trustedAccounts: ['1234'],
        domain: { name: 'handoff.example.com' },
        font: 'serif',
      });
    expect(wrong).toThrow(/^The settings of stage "test" cannot be used:\n/);
    for (const name of [
      'company',
      'sender',
      'alarmMail',
      'defaultZone',
      'logLevel',
      'logDays',
      'playbook',
      'trustedAccounts.0',
    ])
      expect(wrong).toThrow(new RegExp(`\n  ${name}: `));
    expect(wrong).toThrow('Europe/Berlin');
    expect(wrong).toThrow(/the name of a shipped playbook: .*default/);
    expect(wrong).toThrow('domain: needs a certificateArn, a hostedZone, or both');
    expect(wrong).toThrow('font');
  });

  it('keep what reports are made of for good, or for thirteen whole months and more', () => {
    expect(settings({}).retentionMonths).toBeUndefined();
    expect(settings({ retentionMonths: 13 }).retentionMonths).toBe(13);
    for (const retentionMonths of [12, 0, -13, 13.5, '13', Number.NaN, null])
      expect(() => settings({ retentionMonths })).toThrow(
        'retentionMonths: a whole number of months, 13 or more: a year’s comparison needs thirteen; leave it out to keep all',
      );
  });

  it('name the stages there are when asked for another', () => {
    expect(() => settingsOf('prod', { dev: {}, production: {} })).toThrow('no stage "prod"; it has: dev, production');
    expect(() => settingsOf('constructor', {})).toThrow('none');
  });

  it('keep names short enough for everything that carries the stage', () => {
    expect(() => settingsOf('Production', { Production: stages.sample })).toThrow('lower-case');
    expect(() => settingsOf('a-stage-with-a-long-name', { 'a-stage-with-a-long-name': stages.sample })).toThrow('16');
  });

  it('keep the name of the site short enough for the alarms to carry it with the stage', () => {
    expect(() => settings({ siteName: 'x'.repeat(81) })).toThrow('siteName');
  });

  it('take a color only if white reads well on it, and a logo only from where nobody changes it on its way', () => {
    expect(settings({ color: '#0A7D33', logo: 'https://example.com/logo.png' })).toMatchObject({ color: '#0A7D33' });
    expect(() => settings({ color: '#ffcc00' })).toThrow(
      'color: too light for white text: its contrast is 1.5, and 4.5 is the least',
    );
    expect(() => settings({ color: 'blue' })).toThrow(
      /\n {2}color: a color of six hexadecimal digits such as #1d4ed8$/,
    );
    expect(() => settings({ logo: 'http://example.com/logo.png' })).toThrow('logo: the https address of a picture');
  });

  it('take the locale of emails by its tag', () => {
    expect(settings({ locale: 'de-DE' })).toMatchObject({ locale: 'de-DE' });
    for (const locale of ['German', 'xx', 'de_DE', ''])
      expect(() => settings({ locale })).toThrow('locale: the tag of a locale such as en-US, en-GB, or de-DE');
  });

  it('take a name for the pages only within its hosted zone', () => {
    const domain = (name: string, zone: string) => settings({ domain: { name, hostedZone: { id: 'Z1', name: zone } } });
    expect(domain('example.com', 'example.com').domain?.name).toBe('example.com');
    expect(domain('Handoff.cs.example.com', 'Example.com').domain).toMatchObject({
      name: 'handoff.cs.example.com',
      hostedZone: { name: 'example.com' },
    });
    for (const name of ['handoff.example.net', 'notexample.com', 'com'])
      expect(() => domain(name, 'example.com')).toThrow("domain.name: the hosted zone's name, or a name within it");
  });

  it('take a whole name for the pages, in a sentence where it is none', () => {
    const named = (name: string) =>
      settings({ domain: { name, certificateArn: 'arn:aws:acm:us-east-1:1:certificate/1' } });
    expect(() => named('handoff')).toThrow(
      /\n {2}domain\.name: the whole name of a domain such as handoff\.example\.com, with its dots$/,
    );
    expect(() => named('https://handoff.example.com')).toThrow('domain.name: the name of a domain such as');
  });

  it('write domains in small letters, as IAM compares them letter by letter with what SES is sent', () => {
    const sender = 'Handoff@Mail.Acme.IO';
    expect(settings({ sender }).sender).toBe('Handoff@mail.acme.io');
    expect(senderIdentityOf(settings({ sender }))).toBe('mail.acme.io');
    expect(senderIdentityOf(settings({ sender, senderIdentityName: 'Acme.io' }))).toBe('acme.io');
    expect(senderIdentityOf(settings({ sender, senderIdentityName: sender }))).toBe('Handoff@mail.acme.io');
    expect(settings({ sandboxRecipients: ['Anna@Acme.IO', 'Acme.IO'] }).sandboxRecipients).toEqual([
      'Anna@acme.io',
      'acme.io',
    ]);
  });

  it('name no more recipients in the sandbox than the roles of functions hold', () => {
    const sandboxRecipients = Array.from({ length: 50 }, (_, i) => `recipient-${i}@example.com`);
    expect(settings({ sandboxRecipients }).sandboxRecipients).toHaveLength(50);
    expect(() => settings({ sandboxRecipients: [...sandboxRecipients, 'one-more@example.com'] })).toThrow(
      'sandboxRecipients: at most 50',
    );
  });

  it('name no more than AWS takes, and say so before anything is deployed', () => {
    const named = (count: number) => Array.from({ length: count }, (_, i) => `${100_000_000_000 + i}`);
    const provider = { issuer: 'https://login.example.com', audience: ['handoff-operations'] };
    const crm = (values: number) => ({ name: 'hubspot', account: '1', deals: [{ property: 'x', is: named(values) }] });
    expect(() => settings({ trustedAccounts: named(31) })).toThrow('trustedAccounts: at most 30: each stands in');
    expect(() => settings({ operations: { ...provider, scopes: named(11) } })).toThrow('at most 50 audiences and 10');
    expect(() => settings({ operations: { ...provider, audience: named(51) } })).toThrow('at most 50 audiences and 10');
    expect(() => settings({ crm: crm(140) })).toThrow('crm.deals: too long: 2,000 bytes of JSON is the most');
    expect(() => settings({ logo: `https://example.com/${'x'.repeat(481)}` })).toThrow('logo: at most 500 characters');
    const recipients = named(50).map((name) => `${name}.of.a.very.long.name.at.work@mail.sales.example.com`);
    expect(() => settings({ sandboxRecipients: recipients })).toThrow('sandboxRecipients: too long: 3,000 characters');
  });

  it('name an account that may put events once', () => {
    const [one, other] = ['123456789012', '210987654321'];
    expect(settings({ trustedAccounts: [one, other] }).trustedAccounts).toEqual([one, other]);
    expect(() => settings({ trustedAccounts: [one, other, one] })).toThrow('trustedAccounts: names an account twice');
  });

  it.each(['siteName', 'company'])('keep %s to one line', (name) => {
    for (const text of ['Handoff\nof Acme', 'Handoff\r', '\tHandoff', 'Hand\u0000off'])
      expect(() => settings({ [name]: text })).toThrow(`${name}: one line, without line breaks`);
    expect(settings({ [name]: 'Übergabe – 引き継ぎ' })).toMatchObject({ [name]: 'Übergabe – 引き継ぎ' });
  });

  it('take an identity only if it covers the sender', () => {
    const sender = 'handoff@mail.example.com';
    for (const senderIdentityName of [sender, 'mail.example.com', 'example.com'])
      expect(senderIdentityOf(settings({ sender, senderIdentityName }))).toBe(senderIdentityName);
    for (const senderIdentityName of [
      'other@mail.example.com',
      'ail.example.com',
      'cs.mail.example.com',
      'example.net',
    ])
      expect(() => settings({ sender, senderIdentityName })).toThrow("senderIdentityName: the sender's address, its");
    // Beside what else is wrong, but not where the address itself is.
    const wrong = { company: '', senderIdentityName: 'example.net' };
    expect(() => settings(wrong)).toThrow(/company: .*\n.*senderIdentityName: /);
    expect(() => settings({ ...wrong, sender: 'nobody' })).not.toThrow('senderIdentityName');
  });

  it('take the domain of the sender for what SES has verified, unless another identity is named', () => {
    expect(senderIdentityOf(settings({}))).toBe('example.com');
    expect(senderIdentityOf(settings({ senderIdentityName: 'handoff@example.com' }))).toBe('handoff@example.com');
  });
});

describe('the CRM of a stage', () => {
  const withCrm = (crm: unknown) => () => settingsOf('sample', { sample: { ...stages.sample, crm } });

  it.each<[string, unknown, RegExp]>([
    ['unknown', { name: 'ledger', account: '1' }, /crm\.name: the name of a CRM: hubspot, salesforce/],
    ['without an account', { name: 'hubspot' }, /crm\.account/],
    ['without its address', { name: 'pipedrive', account: '1' }, /crm\.apiUrl: the https address/],
    ['without its bus', { name: 'salesforce', account: '1', apiUrl: 'https://a.example.com' }, /crm\.partnerBus/],
    [
      'on a bus that is none',
      { name: 'salesforce', account: '1', apiUrl: 'https://a.example.com', partnerBus: 'default' },
      /aws\.partner/,
    ],
    ['that nobody writes to', { name: 'webhook', account: '1', writeBack: ['status'] }, /crm\.writeBack: nothing/],
    [
      'with something else to write',
      { name: 'hubspot', account: '1', writeBack: ['mood'] },
      /what can be written back: status/,
    ],
    [
      'with a condition that is none',
      { name: 'hubspot', account: '1', deals: [{ property: 'dealtype', is: ['a'], isNot: ['b'] }] },
      /crm\.deals.*a property with the values that it is, or is not/,
    ],
    [
      'with conditions on what nobody reads',
      { name: 'webhook', account: '1', deals: [{ property: 'dealtype', is: ['a'] }] },
      /crm\.deals: nothing: whoever sends the events/,
    ],
    ['with a secret in it', { name: 'hubspot', account: '1', accessToken: 'pat' }, /crm.*accessToken/],
  ])('is refused when it is %s', (_, crm, problem) => {
    expect(withCrm(crm)).toThrow(problem);
  });

  it('needs no more than its name and account where its address is the same for all', () => {
    expect(withCrm({ name: 'hubspot', account: '1' })().crm).toEqual({
      name: 'hubspot',
      account: '1',
      deals: [],
      writeBack: [],
    });
  });
});
