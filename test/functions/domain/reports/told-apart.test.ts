import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { auditPackMessage } from '../../../../functions/domain/messages/report-audit.ts';
import { openWorkList } from '../../../../functions/domain/reports/open-work-list.ts';
import { handoffRecord, lena, personAt, site, stepRecord } from '../../../support/handoff-record.ts';
import { measuredHandoff } from '../../../support/measured.ts';

const at = '2026-11-25T09:00:00Z';

/** A handoff with a step open. */
const deal = (id: string, name: string, customer?: string): HandoffRecord => {
  const record = handoffRecord({ steps: [stepRecord('review-brief', { owner: lena })] });
  const { deal: known, state } = record;
  return {
    ...record,
    deal: { ...known, name, customer: { ...known.customer, ...(customer && { name: customer }) } },
    state: { ...state, id },
  };
};

const listed = (...records: readonly HandoffRecord[]) =>
  openWorkList(records, { owners: new Set([lena]), at }).map(({ customer }) => customer);

describe('several deals of one customer', () => {
  it('are told apart by their names where one list has them', () => {
    expect(listed(deal('A-1', 'Fleet planning'), deal('B-1', 'Second depot'))).toEqual([
      'Nordwind Logistik (Fleet planning)',
      'Nordwind Logistik (Second depot)',
    ]);
  });

  it('leave others as they are called, and the customer of one deal', () => {
    expect(listed(deal('A-1', 'Fleet planning'), deal('B-1', 'Portal', 'Weberhaus GmbH'))).toEqual([
      'Nordwind Logistik',
      'Weberhaus',
    ]);
    expect(listed(deal('A-1', 'Fleet planning'))).toEqual(['Nordwind Logistik']);
  });

  it('are told apart by their signing in an audit, and each leads to its place there', () => {
    const handoffs = [
      measuredHandoff({ id: 'A-1', customer: 'Nordwind', signedAt: '2026-10-05T09:00:00Z' }),
      measuredHandoff({ id: 'B-1', customer: 'Nordwind', signedAt: '2026-11-17T09:00:00Z' }),
      measuredHandoff({ id: 'C-1', customer: 'Weberhaus', signedAt: '2026-11-17T09:00:00Z' }),
    ];
    const links = { desk: 'https://handoff.example.com/d/x', reports: 'https://handoff.example.com/r/x' };
    const { blocks } = auditPackMessage(
      { person: personAt(lena), site, at, links },
      {
        sample: { quarter: '2026-Q4', seed: 's', handoffs, of: 3 },
        until: '2026-12-09T09:00:00Z',
        notesPastDate: 0,
      },
    );
    const entries = blocks.flatMap((block) => ('entries' in block ? block.entries : []));
    expect(entries).toEqual([
      { text: 'Nordwind (signed Mon, Oct 5)', url: `${links.reports}/audit/2026-Q4#A-1` },
      { text: 'Nordwind (signed Tue, Nov 17)', url: `${links.reports}/audit/2026-Q4#B-1` },
      { text: 'Weberhaus', url: `${links.reports}/audit/2026-Q4#C-1` },
    ]);
  });
});
