import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';
import { trailOf } from '../../../../functions/domain/step/trail-view.ts';
import { handoffRecord, lena, people } from '../../../support/handoff-record.ts';

const texts = (...entries: readonly Partial<AuditEntry>[]): readonly string[] =>
  trailOf(
    handoffRecord(),
    entries.map((entry) => ({
      at: '2026-11-23T10:00:00Z',
      who: lena,
      what: 'note',
      detail: '',
      from: 'page',
      ...entry,
    })),
    { people, zone: 'Europe/Berlin', at: '2026-11-24T10:00:00Z' },
  ).map(({ when, text }) => `${when}: ${text}`);

describe('What happened so far', () => {
  it('is told in sentences, with names for addresses and titles for steps, in the zone of the reader', () => {
    expect(
      texts(
        { who: 'crm', what: 'deal-won', detail: 'ignored' },
        { who: 'system', what: 'asked', step: 'review-brief', detail: `${lena}, due Mon, Nov 23` },
        { who: 'system', what: 'mail-sent', step: 'review-brief', detail: `ask to ${lena}, h@nordwind.example` },
        { what: 'decided', step: 'review-brief', detail: 'Accept', at: '2026-11-23T11:00:00Z' },
        { what: 'cancelled', detail: 'They left.', at: '2026-11-23T12:00:00Z' },
      ),
    ).toEqual([
      'Mon, Nov 23, 11 AM: The deal was won.',
      'Mon, Nov 23, 11 AM: Lena Vogt was asked: “Review the brief”.',
      'Mon, Nov 23, 11 AM: Email to Lena Vogt, h@nordwind.example about “Review the brief”.',
      'Mon, Nov 23, 12 PM: Lena Vogt answered “Review the brief”: Accept',
      'Mon, Nov 23, 1 PM: Lena Vogt canceled the handoff. They left.',
    ]);
  });

  it('says days and moved meetings as people do', () => {
    expect(
      texts(
        { what: 'note', detail: 'Release 2026-11-25.' },
        { what: 'away-noted', detail: 'From 2026-11-25 to 2027-01-08; Tom Hughes stands in' },
        {
          what: 'meeting-moved',
          detail: 'kickoff: from Wed, Nov 25, 2 PM Berlin time to Thu, Nov 26, 9 AM Berlin time.',
        },
      ).map((line) => line.replace(/^.*? AM: /, '')),
    ).toEqual([
      'Lena Vogt noted: Release 2026-11-25.',
      'Lena Vogt will be away. From Wed, Nov 25 to Fri, Jan 8, 2027; Tom Hughes stands in',
      'Lena Vogt moved a meeting. From Wed, Nov 25, 2 PM Berlin time to Thu, Nov 26, 9 AM Berlin time.',
    ]);
  });

  it('tells of one instant what was done before what came of it', () => {
    expect(
      texts(
        { who: 'system', what: 'mail-sent', step: 'review-brief', detail: `ask to ${lena}` },
        { who: 'system', what: 'asked', step: 'review-brief', detail: `${lena}, due Mon, Nov 23` },
        { who: lena, what: 'note', detail: 'Handed over.' },
      ).map((line) => line.replace(/^.*? AM: /, '')),
    ).toEqual([
      'Lena Vogt noted: Handed over.',
      'Lena Vogt was asked: “Review the brief”.',
      'Email to Lena Vogt about “Review the brief”.',
    ]);
  });

  it('tells what somebody saved field by field in one line, until something else happens', () => {
    const saved = (detail: string, at: string) =>
      ({ what: 'package-saved', detail, at: `2026-11-23T${at}:00Z` }) as const;
    expect(
      texts(
        saved('Version 1: Why us', '10:00'),
        saved('Version 2: Term length; Why us', '10:05'),
        { what: 'note', detail: 'Half done.', at: '2026-11-23T10:06:00Z' },
        saved('Version 3', '10:10'),
      ),
    ).toEqual([
      'Mon, Nov 23, 11:05 AM: Lena Vogt saved Why us; Term length.',
      'Mon, Nov 23, 11:06 AM: Lena Vogt noted: Half done.',
      'Mon, Nov 23, 11:10 AM: Lena Vogt saved the package.',
    ]);
  });

  it('cuts what is very long', () => {
    expect(texts({ detail: 'x'.repeat(5000) })[0]?.length).toBeLessThan(450);
  });
});
