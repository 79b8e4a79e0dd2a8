import { beforeAll, describe, expect, it } from 'vitest';
import { bannedWords } from '../../infra/local/mails/banned-words.ts';
import { problemsOf } from '../../infra/local/mails/mail-checks.ts';
import { languageOfMail } from '../../infra/local/mails/mail-language.ts';
import { castOf, playScene } from '../../infra/local/mails/play-scene.ts';
import { scenes } from '../../infra/local/mails/scenes.ts';
import { typedIn } from '../../infra/local/mails/typed-texts.ts';
import { type SampleName, sampleEvent, sampleRoster } from '../../infra/local/sample-company.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { course } from '../support/course.ts';
import { lena } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';

type Mail = Awaited<ReturnType<typeof playScene>>[number];

/** What SES takes when a deal is played in a stage of a locale, its customer speaking a language. */
async function mailsOf(
  name: SampleName,
  { locale, language, playbook = shippedPlaybooks.default, scene = 'all goes well' }: Wanted,
): Promise<readonly Mail[]> {
  const sample = sampleEvent(name);
  const { package: pkg, customer } = Object(sample.detail);
  const said = language === undefined ? {} : { language };
  const detail = {
    ...sample.detail,
    customer: { ...customer, ...said },
    package: { ...pkg, communication: { ...Object(pkg).communication, ...said } },
  };
  const cast = await castOf({
    playbook,
    roster: sampleRoster(),
    event: { ...sample, detail },
    ...(locale && { locale }),
  });
  const found = scenes.find((each) => each.name === scene);
  if (!found) throw new Error(`There is no scene "${scene}".`);
  return playScene(found, cast);
}

interface Wanted {
  readonly locale?: string;
  readonly language?: string;
  readonly playbook?: (typeof shippedPlaybooks)[keyof typeof shippedPlaybooks];
  readonly scene?: string;
}

const flat = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ');
const kindOf = (mails: readonly Mail[], kind: string) => mails.find(({ tags }) => tags['kind'] === kind);
const toCustomer = ({ tags }: Mail) =>
  /^(customer-introduction|kickoff-invitation|onboarding-)/.test(tags['kind'] ?? '');
const languages = (mails: readonly Mail[]) => [...new Set(mails.map(languageOfMail))];

describe('a stage in German', () => {
  let mails: readonly Mail[] = [];
  beforeAll(async () => {
    mails = await mailsOf('incomplete', { locale: 'de-DE', language: 'German' });
  });

  it('writes every email in German, from the first to the renewal', () => {
    expect(languages(mails)).toEqual(['de']);
    expect(new Set(mails.map(({ tags }) => tags['kind'])).size).toBeGreaterThan(8);
    expect(flat(kindOf(mails, 'ask')?.text)).toContain('Hallo Anna, Bei Weberhaus Möbel warten 2 Schritte auf dich:');
  });

  it('leaves no English among it, and nothing wrong', () => {
    const typed = typedIn(sampleEvent('incomplete'));
    expect([...new Set(mails.flatMap((mail) => problemsOf(mail, typed)))]).toEqual([]);
  });

  it('tells times as people say them there, and why something is due', () => {
    const asked = mails.find(({ tags }) => tags['kind'] === 'ask' && tags['step'] === 'review-brief');
    expect(asked?.subject).toMatch(/^Weberhaus Möbel: Prüfe das Briefing bis Mo\. [\d:]+ Uhr$/);
    expect(flat(asked?.text)).toMatch(/nimm die Übergabe bis Mo\., 23\. Nov\., [\d:]+ Uhr \(Berlin\) an\./);
    expect(flat(asked?.text)).toMatch(/Fällig dann, weil: 24 Std\. nach .* \(Paket vollständig\), ohne Wochenende\./);
  });

  it('invites in German, in the calendar too', () => {
    const kickoff = kindOf(mails, 'kickoff-invitation');
    expect(kickoff?.subject).toMatch(/^Kickoff: Weberhaus und Example Company, Di\., 24\. Nov\., 9 Uhr$/);
    expect(kickoff?.calendar?.text).toContain('SUMMARY:Kickoff: Weberhaus Möbel und Example Company');
    expect(kickoff?.calendar?.text.replace(/\r\n /g, '')).toContain('- Nächste Schritte\\, 5 Min.');
    const internal = kindOf(mails, 'internal-meeting-invitation');
    expect(internal?.calendar?.text.replace(/\r\n /g, '')).toContain('Übergabe von Weberhaus Möbel');
  });
});

describe('why something is due, in a stage in German', () => {
  it('is told also where waiting for the customer moved it: of the step that waited, twice, and of those after it', async () => {
    const playbook = shippedPlaybooks.default;
    const { system } = await upTo('review-brief', { playbook, locale: 'de-DE' });
    const why = (step: string) =>
      flat(system.mails().findLast(({ tags }) => tags['step'] === step)?.text).match(
        /Fällig dann, weil: (.*?) (Zugesagt|Handoff,)/,
      )?.[1];
    const wait = async (until: string) => {
      const waiting = { until, reason: 'Messe' };
      expect((await system.answer(lena, 'review-brief', 'wait-for-customer', waiting)).status).toBe(200);
      await system.until(`${until}T09:00:00Z`);
    };
    await wait('2026-11-19');
    const before = '24 Std. nach Di., 17. Nov., 09:30 Uhr (Paket vollständig)';
    expect(why('review-brief')).toBe(`${before}, um 15 Stunden Warten auf den Kunden verschoben.`);
    await wait('2026-11-23');
    expect(why('review-brief')).toBe(`${before}, um 30 Stunden Warten auf den Kunden verschoben.`);
    // It was promised before anybody waited.
    expect(why('hold-internal-meeting')).toBe('48 Std. nach Di., 17. Nov., 09:30 Uhr (Abschluss).');
    await system.answer(lena, 'review-brief', 'accept');
    await system.until('2026-11-23T12:00:00Z');
    expect(why('draft-success-plan')).toBe(
      '48 Std. nach Di., 17. Nov., 09:30 Uhr (Abschluss), um 30 Stunden Warten auf den Kunden verschoben.',
    );
  });
});

describe('a customer who speaks German', () => {
  it(
    'gets the introduction, the kickoff and the emails after it in German; colleagues write English',
    course,
    async () => {
      const mails = await mailsOf('complete-standard', { language: 'Deutsch' });
      expect(languages(mails.filter(toCustomer))).toEqual(['de']);
      expect(languages(mails.filter((mail) => !toCustomer(mail)))).toEqual(['en']);
      const introduction = flat(kindOf(mails, 'customer-introduction')?.text);
      expect(introduction).toContain('danke, dass Sie sich für Example Company entschieden haben.');
      expect(introduction).toContain('14 Tage lang; ich bin ab jetzt für Sie da.');
      expect(kindOf(mails, 'customer-introduction')?.subject).toMatch(/Ihr Kontakt bei Example Company$/);
      expect(kindOf(mails, 'kickoff-invitation')?.calendar?.text).toContain(' und Example Company');
    },
  );

  it('gets the onboarding emails in German, too', course, async () => {
    const mails = await mailsOf('self-serve', { language: 'de-DE' });
    const onboarding = mails.filter(({ tags }) => tags['kind']?.startsWith('onboarding-'));
    expect(onboarding.length).toBeGreaterThan(1);
    expect(languages(onboarding)).toEqual(['de']);
    expect(
      bannedWords(
        onboarding.map(({ subject }) => subject),
        { typed: [], language: 'de' },
      ),
    ).toEqual([]);
  });

  it('hears English where the playbook has no words in German, as all do then', course, async () => {
    const { languages: _words, ...playbook } = shippedPlaybooks.default;
    const mails = await mailsOf('complete-standard', { language: 'German', locale: 'de-DE', playbook });
    expect(languages(mails)).toEqual(['en']);
    // Its dates are in the order, and on the clock, of the stage's country.
    expect(flat(kindOf(mails, 'kickoff-invitation')?.text)).toMatch(/When: \w{3}, \d+ Nov, \d\d:\d\d Berlin time/);
  });
});

describe('a customer who speaks English', course, () => {
  it('gets English from a stage in German', async () => {
    const mails = await mailsOf('complete-standard', { locale: 'de-DE', language: 'English' });
    expect(languages(mails.filter(toCustomer))).toEqual(['en']);
    expect(languages(mails.filter((mail) => !toCustomer(mail)))).toEqual(['de']);
  });
});

describe('a stage in a language that has no texts', course, () => {
  it.each([
    ['en-GB', /Wed 25 Nov|Mon 23 Nov|Tue 24 Nov|Fri 20 Nov/],
    ['fr-FR', /(Mon|Tue|Wed|Thu|Fri), \d+ Nov/],
  ])('writes English, in the order and on the clock of its country: %s', async (locale, date) => {
    const mails = await mailsOf('complete-standard', { locale, language: 'Polski' });
    expect(languages(mails)).toEqual(['en']);
    const text = mails.map((mail) => flat(mail.text)).join('\n');
    expect(text).toMatch(date);
    expect(text).toMatch(/\d\d:\d\d Berlin time/);
    expect(text).not.toMatch(/\d (AM|PM)\b/);
  });
});
