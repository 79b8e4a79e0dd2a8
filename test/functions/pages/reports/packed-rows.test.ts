import { describe, expect, it } from 'vitest';
import { packRows, unpackRows } from '../../../../functions/aws/measured-codec.ts';
import type { Measured } from '../../../../functions/domain/reports/measured-handoff.ts';
import type { ReportPageId } from '../../../../functions/domain/reports/report-address.ts';
import { scopeOf } from '../../../../functions/domain/reports/who-sees.ts';
import { reportAnswer } from '../../../../functions/pages/reports/report-answer.ts';
import { companyPeople, measuredCompany } from '../../../../infra/local/measured-company.ts';
import { roster } from '../../../support/deals.ts';
import { anna, klaus, ruth } from '../../../support/handoff-record.ts';

const site = { url: 'https://handoff.example.com', name: 'Handoff', company: 'Example', defaultZone: 'Europe/Berlin' };
const pages: readonly ReportPageId[] = ['overview', 'measures', 'heat-map', 'changes', 'outcomes', 'handoffs'];
const people = roster();
const made = measuredCompany({ handoffs: 300 });
const read: Measured = { ...made, handoffs: unpackRows(packRows(made.handoffs)) };

/** A page as somebody gets it, and its file. */
function answers(measured: Measured, { page, email }: { readonly page: string; readonly email: string }) {
  const person = people.find((each) => each.email === email);
  if (!person) throw new Error(`${email} is nobody.`);
  const scope = scopeOf(person, { roster: people, ids: companyPeople });
  return ['', 'format=csv'].map((query) =>
    reportAnswer(
      { kind: 'reports', person, scope, measured },
      { site, linkId: 'L', nonce: '', query: new URLSearchParams(query), at: '2026-11-22T10:00:00Z', page },
    ),
  );
}

describe('rows that were packed', () => {
  it.each(pages.flatMap((page) => [ruth, klaus, anna].map((email) => ({ page, email }))))(
    'make the same page and file: $page of $email',
    (of) => {
      expect(answers(read, of)).toEqual(answers(made, of));
    },
  );
});
