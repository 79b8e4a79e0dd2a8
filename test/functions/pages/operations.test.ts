import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { answer } from '../../../functions/aws/http-pages.ts';
import type { AuditEntry } from '../../../functions/domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import type { MeetingRecord } from '../../../functions/domain/handoff/meeting-record.ts';
import type { KnownHandoff } from '../../../functions/domain/step/board.ts';
import type { OperationsBoard } from '../../../functions/domain/step/operations-view.ts';
import { whereWeStand } from '../../../functions/domain/step/where-we-stand.ts';
import { operationsBoardPage, readBoardQuery } from '../../../functions/pages/operations/operations-board.ts';
import type { OperationsPage } from '../../../functions/pages/operations/operations-frame.ts';
import { noHandoffPage, operationsHandoffPage } from '../../../functions/pages/operations/operations-handoff.ts';
import { pictureOf } from '../../../statemachines/shipped-pictures.ts';
import { calendarOf, handoffRecord, lena, people, site, stepRecord } from '../../support/handoff-record.ts';

const at = '2026-11-25T12:00:00Z';
const id = handoffRecord().state.id;

const known = (record: HandoffRecord): KnownHandoff => ({ id: record.state.id, deal: record.deal, record });

const board = (over: Partial<OperationsBoard> = {}): OperationsBoard => ({
  handoffs: [known(handoffRecord({ steps: [stepRecord('review-brief')] }))],
  ...{ filter: {}, before: 0, total: 1, page: 1, pages: 1, owners: [{ email: lena, steps: 1 }] },
  segments: ['enterprise', 'standard'],
  people,
  ...over,
});

const handoffPage = (
  record: HandoffRecord | undefined,
  query = '',
  trail: readonly AuditEntry[] = [],
  picture: typeof pictureOf = () => pictureOf('default'),
) =>
  operationsHandoffPage(
    {
      handoff: { id, deal: handoffRecord().deal, ...(record && { deal: record.deal }), record },
      standing: record && whereWeStand({ record, people, calendarOf, zone: site.defaultZone, at }, ''),
      ...{ trail, people, execution: 'https://console.example/#/execution', itemExecutions: new Map() },
    },
    { site, at, query: new URLSearchParams(query), pictureOf: picture },
  );

const views = ['timeline', 'steps', 'brief', 'emails', 'items'];
const hostile = '<img src=x onerror=alert(1)>"\'&';

function hostileRecord(): HandoffRecord {
  const record = handoffRecord({
    steps: [
      stepRecord('review-brief', { owner: hostile, because: hostile }),
      stepRecord('complete-package', { decided: { choice: hostile, by: hostile, evidence: { [hostile]: hostile } } }),
    ],
    state: { reason: hostile, status: 'stalled', segment: hostile },
  });
  const deal = { ...record.deal, name: hostile, customer: { ...record.deal.customer, name: hostile } };
  const mails = { [hostile]: { key: hostile, status: 'held', at } } as const;
  return { ...record, deal, mails, notes: [{ by: hostile, at, text: hostile }] };
}

const trailOf = (text: string): readonly AuditEntry[] => [
  { at, who: text, what: 'note', step: text, detail: text, from: 'page' },
  { at, who: 'system', what: 'mail-sent', detail: `warn to ${lena}`, from: 'execution' },
];

const allPages = (): readonly OperationsPage[] => [
  operationsBoardPage(board(), site, at),
  operationsBoardPage(board({ handoffs: [known(hostileRecord())], segments: [hostile, 'b'] }), site, at),
  operationsBoardPage(board({ handoffs: [], total: 0, owners: [], segments: [] }), site, at),
  ...views.map((view) => handoffPage(hostileRecord(), `view=${view}`, trailOf(hostile))),
  ...views.map((view) => handoffPage(undefined, `view=${view}`)),
  handoffPage(handoffRecord({ steps: [stepRecord('review-brief')] }), 'picture=whole'),
  noHandoffPage(site),
];

describe('Every page for operations', () => {
  it('only shows: no form, no script, no way to a page on which something is decided', () => {
    for (const { html } of allPages()) {
      const page = parse(html);
      expect(page.querySelectorAll('form, input, button, script, iframe, img')).toEqual([]);
      const targets = page.querySelectorAll('a').map((link) => link.getAttribute('href') ?? '');
      for (const target of targets)
        expect(target).toMatch(/^(\/operations([/?]|$)|#|mailto:|https:\/\/console\.example\/)/);
      expect(html).not.toMatch(/\/[sd]\/[\w-]{22}/);
    }
  });

  it('takes no text for markup', () => {
    for (const { html } of allPages()) expect(html).not.toContain('<img');
    expect(allPages().some(({ html }) => html.includes('&lt;img'))).toBe(true);
  });

  it('allows its own style sheets, one by one, and nothing else', () => {
    for (const page of allPages()) {
      const { headers } = answer(page);
      const policy = headers['content-security-policy'] ?? '';
      const sheets = parse(page.html)
        .querySelectorAll('style')
        .map(({ rawText }) => rawText);
      for (const sheet of sheets)
        expect(policy).toContain(`'sha256-${createHash('sha256').update(sheet).digest('base64')}'`);
      expect(policy.match(/sha256-/g)).toHaveLength(sheets.length);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'none'");
      expect(headers['cache-control']).toBe('no-store');
    }
  });
});

describe('The board for operations', () => {
  const textOf = (page: OperationsPage) => parse(page.html).querySelector('main')?.structuredText ?? '';

  it('says how many there are, and leads to the next page with the same filter', () => {
    const handoffs = board().handoffs;
    const page = operationsBoardPage(
      board({ filter: { late: true }, handoffs, before: 40, total: 90, page: 2, pages: 3 }),
      site,
      at,
    );
    expect(textOf(page)).toContain('41 to 41 of 90 handoffs');
    expect(textOf(page)).toContain('And 49 more.');
    expect(page.html).toContain('href="/operations?late=1&amp;page=3"');
    expect(page.html).toContain('href="/operations?late=1"');
  });

  it('names the zone of due times once, and again only where somebody’s is another', () => {
    const boardOf = (owner: string) =>
      textOf(
        operationsBoardPage(
          board({
            handoffs: [
              known(
                handoffRecord({ steps: [stepRecord('review-brief'), stepRecord('introduce-customer', { owner })] }),
              ),
            ],
          }),
          site,
          at,
        ),
      );
    const same = boardOf(lena);
    expect(same).toContain('Due times are in Berlin time');
    expect(same).not.toContain('unless they name another');
    const other = boardOf('james.carter@example.com');
    expect(other).toMatch(/Due times are in (Berlin|New York) time unless they name another/);
    expect(other).toMatch(/due \w+ \d+( [AP]M)? (Berlin|New York) time/);
  });

  it('says that a step waits for the end of its meeting', () => {
    const meeting = 'internal-meeting';
    const later = stepRecord('hold-internal-meeting', {
      askedAt: '2026-11-26T15:00:00Z',
      dueAt: '2026-11-27T15:00:00Z',
    });
    const planned: MeetingRecord = {
      meeting,
      round: 1,
      status: 'planned',
      at: '2026-11-26T14:00:00Z',
      minutes: 60,
      hosts: [lena],
      guests: [],
      sequence: 0,
      by: lena,
      changedAt: '2026-11-24T10:00:00Z',
    };
    const record = handoffRecord({ steps: [later] });
    const told = (meetings: HandoffRecord['meetings']) =>
      textOf(operationsBoardPage(board({ handoffs: [known({ ...record, ...(meetings && { meetings }) })] }), site, at));
    expect(told({ [meeting]: planned })).toContain('asked when the meeting is over, Thu 4 PM');
    expect(told(undefined)).toContain('not at work yet: the email goes out Thu 4 PM');
  });

  it('says that there is nothing, or nothing that fits', () => {
    const empty = { handoffs: [], total: 0, owners: [], segments: [] };
    expect(textOf(operationsBoardPage(board(empty), site, at))).toContain('No handoffs are open.');
    const none = operationsBoardPage(board({ ...empty, filter: { segment: 'enterprise' } }), site, at);
    expect(textOf(none)).toContain('No handoff fits.');
  });

  it('reads its address, and takes what it cannot read for nothing', () => {
    const read = (query: string) => readBoardQuery(new URLSearchParams(query));
    expect(read('person=a%40b.example&late=1&page=3')).toEqual({
      filter: { person: 'a@b.example', late: true },
      page: 3,
    });
    for (const page of ['0', '-1', 'x', '99999', '1.5'])
      expect(read(`page=${page}&person= `)).toEqual({ filter: {}, page: 1 });
  });
});

describe('The page of a handoff for operations', () => {
  const textIn = ({ html }: OperationsPage) => parse(html).querySelector('main')?.structuredText ?? '';
  const record = (state: Partial<HandoffRecord['state']> = {}) =>
    handoffRecord({
      steps: [
        stepRecord('complete-package', { decided: { choice: 'complete', at: '2026-11-24T10:00:00Z' } }),
        stepRecord('review-brief'),
      ],
      state,
    });

  it('says who has what to do until when, and leads to the execution', () => {
    const page = parse(handoffPage(record()).html);
    const standing = page.querySelector('[data-live=standing]')?.structuredText ?? '';
    expect(standing).toMatch(/Lena Vogt/);
    expect(standing).toMatch(/late/);
    expect(standing).toMatch(/\d+ of \d+ steps done, 1 overdue\. Next: /);
    expect(standing).toMatch(/Account executive\s+Anna Keller/);
    expect(page.querySelector('a[href="https://console.example/#/execution"]')?.text).toContain('Step Functions');
  });

  it('says of a step that a reviewer decides on that it waits for that, and not that it is late', () => {
    const asked = (answered: boolean) =>
      textIn(
        handoffPage(
          handoffRecord({
            steps: [
              stepRecord('complete-package', {
                exceptions: [
                  {
                    by: lena,
                    at: '2026-11-20T16:00:00Z',
                    reason: 'Nobody knows.',
                    paths: ['contract.scope'],
                    reviewer: 'ruth.lindqvist@example.com',
                    askedAt: '2026-11-20T16:00:00Z',
                    dueAt: '2026-11-30T16:00:00Z',
                    because: 'due then',
                    ...(answered && { answer: { by: lena, at: '2026-11-21T16:00:00Z', reason: 'No.', fields: [] } }),
                  },
                ],
              }),
            ],
          }),
          'view=steps',
        ),
      );
    expect(asked(false)).toMatch(/waiting for a decision/);
    expect(asked(false)).not.toMatch(/PM\s+late/);
    expect(asked(true)).toMatch(/PM\s+late/);
  });

  it('marks in the picture what the record knows: steps that are done, open and late', () => {
    const marked = (mark: string) =>
      [
        ...handoffPage(record()).html.matchAll(
          new RegExp(`class="node step[^"]*\\b${mark}\\b[^"]*" data-state="([^"]*)"`, 'g'),
        ),
      ].map(([, state]) => state);
    expect(marked('now')).toHaveLength(1);
    expect(marked('past')).toHaveLength(2);
    expect(marked('late')).toHaveLength(2);
  });

  it('says what became of an email at whom, and never what it says', () => {
    const mails = {
      ask: { key: 'ask', status: 'sent', at, fates: { [lena]: { what: 'bounced', at } } },
      held: { key: 'held', status: 'held', at },
    } as const;
    const page = parse(handoffPage({ ...record(), mails }, 'view=emails', trailOf('x')).html);
    const text = page.querySelector('[data-live=view]')?.structuredText ?? '';
    expect(text).toMatch(/reminder[\s\S]*to Lena Vogt[\s\S]*came back/);
    expect(text).toContain('held: held');
  });

  it('says so where the picture lacks a step, as for a handoff that began with other rules', () => {
    const drawn = handoffPage(record()).html;
    expect(drawn).not.toContain('began with other rules');
    const { svg, states } = pictureOf('default') ?? { svg: '', states: {} };
    const { 'review-brief': _unknown, ...known } = states;
    const lacking = handoffPage(record(), '', [], () => ({ svg, states: known })).html;
    expect(lacking).toContain('began with other rules');
  });
});
