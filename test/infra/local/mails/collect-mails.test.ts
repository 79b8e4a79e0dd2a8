import { parse } from 'node-html-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CollectedMail, collectMails, missingKinds } from '../../../../infra/local/mails/collect-mails.ts';
import { filesOf, galleryPage, named } from '../../../../infra/local/mails/gallery.ts';
import { problemsOf } from '../../../../infra/local/mails/mail-checks.ts';
import { scenes } from '../../../../infra/local/mails/scenes.ts';
import { typedIn } from '../../../../infra/local/mails/typed-texts.ts';
import { sampleEvent, sampleRoster } from '../../../../infra/local/sample-company.ts';
import { shippedPlaybooks, usualPlaybook } from '../../../../statemachines/shipped-playbooks.ts';
import { courseUnless } from '../../../support/course.ts';
import { tagProblems } from '../../../support/markup.ts';

const company = { playbook: shippedPlaybooks[usualPlaybook], roster: sampleRoster() };
const deal = (name: 'incomplete' | 'self-serve') => ({ name, event: sampleEvent(name) });
const typed = (['incomplete', 'self-serve'] as const).flatMap((name) => typedIn(sampleEvent(name)));

/** Scenes that show more with another deal: only self-serve ones have onboarding mails, and theirs runs over no weekend. */
const shownBySelfServe = ['all goes well', 'a colleague takes everything over', 'nobody but sales is there'];

const [usualScene] = shownBySelfServe;

const plays = [
  {
    of: 'a play',
    collect: () =>
      collectMails({
        ...company,
        deals: [deal('self-serve')],
        scenes: scenes.filter(({ name }) => name === usualScene),
      }),
  },
  {
    of: 'the plays',
    collect: async () => [
      ...(await collectMails({ ...company, deals: [deal('incomplete')], scenes })),
      ...(await collectMails({
        ...company,
        deals: [deal('self-serve')],
        scenes: scenes.filter(({ name }) => shownBySelfServe.includes(name)),
      })),
    ],
  },
];

for (const { of, collect } of plays)
  describe(`The mails of ${of}`, courseUnless(of === 'a play'), () => {
    let mails: readonly CollectedMail[] = [];
    beforeAll(async () => {
      mails = await collect();
    });

    if (of === 'the plays')
      it('are of every kind there is', () => {
        expect(missingKinds(mails)).toEqual([]);
        expect(missingKinds(mails.filter(({ kinds }) => !kinds.includes('waiting')))).toEqual(['waiting']);
      });

    it('have nothing wrong with them', () => {
      const wrong = mails.flatMap(({ kinds, mail }) =>
        problemsOf(mail, typed).map((problem) => `${kinds.join('+')}: ${problem}`),
      );
      expect([...new Set(wrong)]).toEqual([]);
    });

    it('are well formed HTML', () => {
      for (const { kinds, mail } of mails) expect(tagProblems(mail.html), kinds.join()).toEqual([]);
    });

    it('say that a system wrote them, but to customers', () => {
      for (const { kinds, mail } of mails) {
        const isLetter = mail.from.name !== 'Handoff';
        expect(mail.headers['auto-submitted'], kinds.join()).toBe(isLetter ? undefined : 'auto-generated');
        expect(Object.keys(mail.headers).filter((name) => name.startsWith('list-'))).toEqual([]);
      }
    });

    it('are one thread for each handoff; a report is in none', () => {
      const threads = Map.groupBy(mails, ({ mail }) => mail.tags['handoff']);
      for (const [handoff, of] of threads) {
        const thread = handoff === 'none' ? undefined : `<${handoff}@example.com>`;
        expect([...new Set(of.map(({ mail }) => mail.headers['references']))]).toEqual([thread]);
      }
    });

    it('are listed on one page, each with its files', () => {
      const exhibits = named(mails).map((each) => ({ ...each, problems: [] }));
      const page = galleryPage(exhibits, ['waiting']);
      expect(tagProblems(page)).toEqual([]);
      const links = parse(page)
        .querySelectorAll('li a')
        .map((link) => link.getAttribute('href'));
      const files = exhibits.flatMap((exhibit) =>
        Object.keys(filesOf(exhibit)).map((ending) => `${exhibit.name}.${ending}`),
      );
      expect(new Set(links)).toEqual(new Set(files));
      expect(new Set(files).size).toBe(files.length);
      expect(files.some((file) => file.endsWith('.ics'))).toBe(true);
      expect(page).toContain('No play brings about: waiting.');
    });
  });
