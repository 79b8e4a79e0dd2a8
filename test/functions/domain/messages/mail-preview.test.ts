import { describe, expect, it } from 'vitest';
import { answerAt, packageFields, withAnswer } from '../../../../functions/domain/deal/package.ts';
import { checkedPackage } from '../../../../functions/domain/handoff/handoff-package.ts';
import { customerContacts } from '../../../../functions/domain/handoff/introduction-text.ts';
import { mailPreviews } from '../../../../functions/domain/messages/mail-preview.ts';
import { suggestions } from '../../../../functions/domain/step/suggestions.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import type { SampleName } from '../../../support/deals.ts';
import {
  calendarOf,
  handoffRecord,
  lena,
  people,
  site as plainSite,
  stepRecord,
} from '../../../support/handoff-record.ts';

const at = '2026-11-20T15:00:00Z';
const step = 'introduce-customer';
const site = { ...plainSite, sender: 'handoff@acme.example' };
const recordOf = (sample: SampleName) => handoffRecord({ sample, steps: [stepRecord(step)] });
const previewsOf = (record: ReturnType<typeof recordOf>, form = formOf(record)) =>
  mailPreviews({ record, people, site, calendarOf, at, step, by: lena, choice: 'approved', form });
const formOf = (record: ReturnType<typeof recordOf>) =>
  suggestions({ record, step, people, at, calendarOf, site, zone: 'Europe/Berlin' });

describe('the email to the customer before it goes', () => {
  it('is whom it goes to, from whom, and word for word what stands in the form', () => {
    const record = recordOf('complete-standard');
    const form = { ...formOf(record), recipients: 'ann@client.example', text: 'Hi **Ann**' };
    expect(previewsOf(record, form)).toEqual([
      {
        from: { name: 'Lena Vogt', email: 'handoff@acme.example' },
        to: [{ name: 'ann@client.example', email: 'ann@client.example' }],
        cc: [{ name: 'Anna Keller', email: 'anna.keller@example.com' }],
        replyTo: lena,
        message: expect.objectContaining({ blocks: [{ letter: 'Hi **Ann**' }], preview: 'Hi Ann' }),
      },
    ]);
  });

  it('comes with every email that goes out by itself later, and when', () => {
    const [introduction, ...later] = previewsOf(recordOf('self-serve'));
    expect(introduction?.when).toBeUndefined();
    expect(later.map(({ when }) => when)).toEqual([
      '1 day after handoff confirmed',
      '4 days after handoff confirmed',
      '8 days after handoff confirmed',
    ]);
  });

  it('is not there while the form names nobody, or for a step that writes to no customer', () => {
    const record = recordOf('complete-standard');
    expect(previewsOf(record, { ...formOf(record), recipients: 'nobody' })).toEqual([]);
    const review = handoffRecord({ steps: [stepRecord('review-brief')] });
    const input = { record: review, people, site, calendarOf, at, by: lena, form: {} };
    expect(mailPreviews({ ...input, step: 'review-brief', choice: 'accept' })).toEqual([]);
    expect(mailPreviews({ ...input, step: 'no-such-step', choice: 'accept' })).toEqual([]);
  });

  it.each(['complete-standard', 'enterprise-across-zones', 'self-serve'] as const)(
    'of %s says nothing that is internal, and says what may be shared',
    (sample) => {
      const record = recordOf(sample);
      // Every internal answer that is words says where it is from; so does what sales noted about people.
      const internal = packageFields.filter(
        ({ shareable, kind, path }) =>
          !shareable &&
          (kind === 'longText' || kind === 'text' || kind === 'list') &&
          path !== 'communication.language',
      );
      expect(internal.length).toBeGreaterThan(15);
      const secret = (path: string) => `Secret of ${path}`;
      const told = internal.reduce<unknown>(
        (pkg, { path, kind }) => withAnswer(pkg, path, kind === 'list' ? [secret(path)] : secret(path)),
        record.package,
      );
      const noted = (answerAt(told, 'stakeholders') as readonly object[]).map((person) => ({
        ...person,
        notes: secret('notes'),
      }));
      const pkg = withAnswer(told, 'stakeholders', noted);
      const marked = { ...record, package: pkg, deal: { ...record.deal, package: pkg } } as typeof record;
      expect(checkedPackage(marked).package.dealContext?.whyUs).toBe('Secret of dealContext.whyUs');
      const mails = previewsOf(marked);
      expect(mails.length).toBeGreaterThan(0);
      expect(customerContacts(checkedPackage(marked).package).length).toBeGreaterThan(0);
      const said = mails
        .flatMap(({ message }) => Object.values(renderMail(message, { site, toCustomer: true })))
        .join('\n');
      expect(said).not.toContain('Secret of');
      const useCase = checkedPackage(marked).package.dealContext?.primaryUseCase ?? '';
      expect(said).toContain(useCase.slice(0, 30));
    },
  );
});
