import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { playEvents, UnusableEvent } from '../../../../infra/local/play/play-events.ts';
import type { Manner } from '../../../../infra/local/play/script.ts';
import { course } from '../../../support/course.ts';
import { badEvent, dealEvent, roster, sampleEvent } from '../../../support/deals.ts';
import { full } from '../../../support/playbooks/full.ts';

const won = sampleEvent('complete-standard');
const dealId = 'D-2026-1041';

const crm = (what: string, time: string, detail: object = { dealId }) => ({
  source: 'handoff.crm',
  'detail-type': what,
  time,
  detail,
});
const wonAgain = (time: string) => ({ ...dealEvent({ closedWonAt: time, wonEpisode: undefined }), time });

const play = (
  events: readonly unknown[],
  { manner = 'prompt', people = roster() }: { manner?: Manner; people?: readonly Person[] } = {},
) => playEvents({ events, playbook: full, roster: people, manner, script: {} });

const outcomes = ({ reports }: Awaited<ReturnType<typeof playEvents>>) =>
  reports.map(({ handoff, execution }) => `${handoff.id} ${handoff.status} ${execution.status}`);

const refusalOf = async (playing: Promise<unknown>): Promise<string> => {
  const error: unknown = await playing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnusableEvent);
  return error instanceof Error ? error.message : '';
};

describe('events that are played', () => {
  it.each(['Deal Lost', 'Deal Reopened', 'Deal Cancelled'])(
    '%s stops the handoff at its own time',
    course,
    async (what) => {
      const played = await play([won, crm(what, '2026-11-18T12:00:00+01:00', { dealId, reason: 'Budget cut.' })]);
      expect(outcomes(played)).toEqual(['D-2026-1041-1 cancelled ABORTED']);
      expect(played.reports[0]?.execution.end).toBe('2026-11-18T11:00:00.000Z');
      expect(played.refusals).toEqual([]);
    },
  );

  it('come in any order, and happen by their time', course, async () => {
    const lost = crm('Deal Lost', '2026-11-18T20:00:00+09:00');
    const inOrder = await play([won, lost]);
    expect(await play([lost, won])).toEqual(inOrder);
    expect(inOrder.reports[0]?.execution.end).toBe('2026-11-18T11:00:00.000Z');
  });

  it('end well where somebody at the customer is there twice: people mend what the page refuses', course, async () => {
    const played = await play([JSON.parse(badEvent('duplicate-stakeholders'))]);
    expect(outcomes(played)).toEqual(['BAD-duplicate-stakeholders-1 complete SUCCEEDED']);
    expect(played.mishaps).toEqual([]);
  });

  it('twice are one handoff, stopped once', course, async () => {
    const lost = crm('Deal Lost', '2026-11-18T11:00:00Z');
    const twice = await play([won, won, lost, lost]);
    const once = await play([won, lost]);
    expect(outcomes(twice)).toEqual(outcomes(once));
    expect(twice.reports[0]?.mails).toEqual(once.reports[0]?.mails);
  });

  it(
    'may stop a deal before it was won: that is refused and told, and the deal is won all the same',
    course,
    async () => {
      const played = await play([won, crm('Deal Lost', '2026-11-16T11:00:00Z')]);
      expect(outcomes(played)).toEqual(['D-2026-1041-1 complete SUCCEEDED']);
      expect(played.refusals).toEqual([
        {
          at: expect.stringContaining('2026-11-16T11:00:00'),
          problems: [expect.stringContaining('without a handoff')],
        },
      ]);
    },
  );

  it('of several deals are all reported', course, async () => {
    const other = { ...won, time: '2026-11-17T07:00:00Z', detail: { ...won.detail, dealId: 'D-2' } };
    const played = await play([won, other, crm('Deal Lost', '2026-11-18T11:00:00Z')]);
    expect(outcomes(played)).toEqual(['D-2-1 complete SUCCEEDED', 'D-2026-1041-1 cancelled ABORTED']);
  });

  it('of several won episodes of one deal are all reported, whether the CRM counts them or not', course, async () => {
    const played = await play([
      wonAgain('2026-11-17T08:30:00Z'),
      crm('Deal Reopened', '2026-11-18T11:00:00Z'),
      wonAgain('2026-11-20T10:00:00+01:00'),
      crm('Deal Lost', '2026-11-24T11:00:00Z'),
      wonAgain('2026-11-26T10:00:00+01:00'),
    ]);
    expect(outcomes(played)).toEqual([
      'D-2026-1041-1 cancelled ABORTED',
      'D-2026-1041-2 cancelled ABORTED',
      'D-2026-1041-3 complete SUCCEEDED',
    ]);
    expect(played.reports.map(({ execution }) => execution.start)).toEqual([
      '2026-11-17T08:30:00.000Z',
      '2026-11-20T09:00:00.000Z',
      '2026-11-26T09:00:00.000Z',
    ]);
  });

  it('may be of a kind or from a source that a rule knows only to keep: that is told', course, async () => {
    const played = await play([
      won,
      crm('Deal Renamed', '2026-11-18T09:00:00Z'),
      { ...crm('Deal Lost', '2026-11-18T10:00:00Z'), source: 'my.crm' },
    ]);
    expect(outcomes(played)).toEqual(['D-2026-1041-1 complete SUCCEEDED']);
    expect(played.refusals.map(({ problems }) => problems.join(' '))).toEqual([
      expect.stringContaining('detail-type'),
      expect.stringContaining('source'),
    ]);
  });
});

describe('events that cannot be played', () => {
  it('are those that no rule of the bus takes', async () => {
    expect(await refusalOf(play([won, { ...crm('Ticket Opened', '2026-11-18T09:00:00Z'), source: 'my.desk' }]))).toBe(
      'Event 2 cannot be used: no rule of the bus takes "Ticket Opened" from "my.desk".',
    );
  });

  it('are named together, before anything is played', async () => {
    const said = await refusalOf(play([{ ...won, time: 'soon' }, won, crm('Deal Lost', '2026-11-18T09:00:00Z', {})]));
    expect(said).toMatch(/^Event 1 cannot be used:\n {2}time: .*\nEvent 3 cannot be used:\n {2}detail\.dealId: /);
  });

  it('are those after which no handoff began', async () => {
    const said = await refusalOf(play([crm('Deal Lost', '2026-11-18T09:00:00Z')]));
    expect(said).toMatch(/^No handoff began\.\ndetail\.dealId: names a deal without a handoff/);
  });
});

describe('a stakeholder list that is faulty', () => {
  const foreign = dealEvent({
    dealId: 'D-7',
    customer: { name: 'Øresund Værft A/S', timeZone: 'Europe/Copenhagen', country: 'DK' },
    package: {
      ...Object(won.detail['package']),
      stakeholders: [{ name: 'Karen Holm', email: 'karen.holm', roles: ['decision-maker'] }],
    },
  });

  it('brings the introduction to people of that customer, and to nobody of another one', course, async () => {
    const { reports, mishaps } = await play([foreign]);
    expect(mishaps).toEqual([]);
    const [introduction, ...more] = (reports[0]?.mails ?? []).filter(({ kind }) => kind === 'customer-introduction');
    expect(more).toEqual([]);
    expect(introduction?.to).toContain('karen.holm@resund-v-rft-a-s.example.com');
    const staff = new Set(roster().map(({ email }) => email));
    const outside = (reports[0]?.mails ?? []).flatMap(({ to, cc }) => [...to, ...cc]).filter((to) => !staff.has(to));
    expect(outside.filter((to) => !to.endsWith('@resund-v-rft-a-s.example.com'))).toEqual([]);
  });
});

describe('a stakeholder list with which nothing is wrong', () => {
  it('is what its owner confirms, word for word', course, async () => {
    const people = Object(won.detail['package']).stakeholders.map(({ email, ...person }: { email: string }) => ({
      ...person,
      email: email.replace(/@.*/, '@vaerft.example'),
    }));
    const pkg = { ...Object(won.detail['package']), stakeholders: people };
    const { reports, mishaps } = await play([dealEvent({ package: pkg })]);
    expect(mishaps).toEqual([]);
    expect(reports[0]?.steps.find(({ id }) => id === 'map-stakeholders')?.outcome).toBe('verified');
    const mails = JSON.stringify(reports[0]?.mails);
    expect(mails).toContain('@vaerft.example');
    expect(mails).not.toContain('@nordwind-logistik.example');
  });
});

describe('another company', () => {
  it('acts in place of the sample’s', course, async () => {
    const renamed = JSON.parse(
      JSON.stringify(roster()).replaceAll('@example.com', '@acme.example').replaceAll('Europe/Berlin', 'Asia/Kolkata'),
    );
    const event = JSON.parse(JSON.stringify(won).replaceAll('anna.keller@example.com', 'anna.keller@acme.example'));
    const { reports } = await play([event], { people: renamed });
    expect(reports[0]?.handoff.status).toBe('complete');
    const owners = new Set(reports[0]?.steps.map(({ owner }) => owner));
    expect([...owners].filter((owner) => !owner.endsWith('@acme.example'))).toEqual([]);
  });
});
