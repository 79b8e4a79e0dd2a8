import { beforeAll, describe, expect, it } from 'vitest';
import type { MeasuredRound } from '../../functions/domain/reports/measured-handoff.ts';
import type { Mail } from '../../infra/account/ses/mail.ts';
import { invariants } from '../../infra/local/simulate/invariants/all.ts';
import { rowsSayWhatWaits } from '../../infra/local/simulate/invariants/waits.ts';
import { type Ended, type Outcome, playStory } from '../../infra/local/simulate/play-story.ts';
import { type Story, storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { course } from '../support/course.ts';
import { measuredHandoff } from '../support/measured.ts';

const brokenIn = (outcome: Outcome): string[] =>
  invariants.filter(({ broken }) => broken(outcome).length > 0).map(({ name }) => name);

const hour = 3_600_000;

/** Prompt people, nothing unusual: what must be so is so until somebody tampers with it. */
const plain = (seed: number): Story => ({
  ...storyOf(seed, [shippedPlaybooks.agency]),
  manner: 'prompt',
  script: {},
  imports: [],
  deploys: [],
});

const owned = (steps: Ended['record']['steps'], owner: string): Ended['record']['steps'] =>
  Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, { ...step, owner }]));

describe('what must be so of a story', course, () => {
  let whole: Outcome;
  let cancelled: Outcome;

  beforeAll(async () => {
    const story = plain(2);
    const [deal] = story.events;
    if (!deal) throw new Error('The story has no deal.');
    const { dealId, wonEpisode } = deal.detail;
    const lost = {
      source: deal.source,
      'detail-type': 'Deal Lost',
      time: new Date(Date.parse(deal.time) + 80 * hour).toISOString(),
      detail: { dealId, ...(wonEpisode !== undefined && { wonEpisode }) },
    };
    [whole, cancelled] = [
      await playStory({ ...story, events: [deal] }),
      await playStory({ ...story, events: [deal, lost] }),
    ];
  });

  const tampered = (outcome: Outcome, change: (ended: Ended) => Partial<Ended>): Outcome => ({
    ...outcome,
    handoffs: outcome.handoffs.map((ended) => ({ ...ended, ...change(ended) })),
  });
  const withMail = (outcome: Outcome, mail: Mail): Outcome => ({ ...outcome, mails: [...outcome.mails, mail] });
  const mailOf = ({ mails }: Outcome, kind: string): Mail => {
    const found = mails.find(({ tags }) => tags['kind'] === kind);
    if (!found) throw new Error(`No mail "${kind}" in ${mails.map(({ tags }) => tags['kind']).join(', ')}.`);
    return found;
  };

  it('is so as it was played', () => {
    expect(brokenIn(whole)).toEqual([]);
    expect(brokenIn(cancelled)).toEqual([]);
    expect(whole.handoffs[0]?.record.state.status).toBe('complete');
    expect(cancelled.handoffs[0]?.record.state.status).toBe('cancelled');
  });

  it('is not when a handoff stays open, or never began', () => {
    const open = tampered(whole, ({ record }) => ({
      record: { ...record, state: { ...record.state, status: 'open' } },
    }));
    expect(brokenIn(open)).toContain('every handoff ends');
    expect(brokenIn({ ...whole, handoffs: [] })).toContain('every handoff ends');
    const long = tampered(whole, ({ execution }) => ({ execution: { ...execution, eventCount: 20_000 } }));
    expect(brokenIn(long)).toContain('no history fills up');
  });

  it('is not when somebody works who could stand in, and is not asked: their first morning back is soon enough', async () => {
    // Whoever is asked is away for weeks, as is everybody above them; operations are back first.
    const outcome = await playStory(storyOf(6043, Object.values(shippedPlaybooks), 'none'));
    const name = 'nobody who is away is the only one asked';
    expect(brokenIn(outcome)).not.toContain(name);
    const backADayEarlier = outcome.rosters.map(({ at, people }) => ({
      at,
      people: people.map((person) => ({
        ...person,
        availability: {
          ...person.availability,
          away: person.availability.away?.map(({ from, to }) => ({
            from,
            to: to === '2028-04-11' ? '2028-04-10' : to,
          })),
        },
      })),
    }));
    const alone = { ...outcome, rosters: backADayEarlier as Outcome['rosters'] };
    expect(brokenIn(alone)).toContain(name);
    // Of a step of somebody else, whom the trail names counts, and nobody who only heard of it.
    const ofOthers = tampered(alone, ({ record }) => ({
      record: { ...record, steps: owned(record.steps, 'other@example.com') },
    }));
    expect(brokenIn(ofOthers)).toContain(name);
    const heard = tampered(ofOthers, ({ audit }) => ({
      audit: audit.filter(({ what }) => !['asked', 'reassigned', 'stand-in'].includes(what)),
    }));
    expect(brokenIn(heard)).not.toContain(name);
  });

  it('is not when somebody is asked after the answer, or after the end', () => {
    const ask = mailOf(whole, 'ask');
    expect(brokenIn(withMail(whole, { ...ask, at: ask.at + 20 * 24 * hour }))).toContain(
      'nobody is asked for what is decided',
    );
    const early = mailOf(cancelled, 'ask');
    expect(brokenIn(withMail(cancelled, { ...early, at: early.at + 60 * 24 * hour }))).toContain(
      'nobody is asked for anything once the handoff is over',
    );
  });

  it('is not when a step waits for somebody who was not told', () => {
    const first = whole.handoffs[0]?.record.steps[mailOf(whole, 'ask').tags['step'] ?? ''];
    const decision = first?.decision;
    if (!decision) throw new Error('The story has no step that was asked for and decided.');
    const late = { ...decision, at: new Date(Date.parse(first.askedAt) + 20 * 24 * hour).toISOString() };
    const waiting = tampered(whole, ({ record }) => {
      const step = { ...first, decision: late };
      return { record: { ...record, steps: { ...record.steps, [step.step]: step } } };
    });
    const silent = { ...waiting, mails: [] };
    expect(brokenIn(silent)).toContain('whoever a step waits for was told');
    expect(brokenIn(waiting)).not.toContain('whoever a step waits for was told');
  });

  it('is not when somebody who was told anything hears nothing of the end, or their meeting stands', () => {
    const kindOf = ({ tags }: Mail) => tags['kind'];
    const silent = { ...cancelled, mails: cancelled.mails.filter((mail) => kindOf(mail) !== 'handoff-cancelled') };
    expect(brokenIn(silent)).toContain('whoever was told anything of a canceled handoff is told that it is canceled');
    const [colleague] = cancelled.rosters[0]?.people ?? [];
    // The rules of its time zone began long ago.
    const zone = 'BEGIN:VTIMEZONE\r\nDTSTART:20000101T000000\r\nEND:VTIMEZONE\r\n';
    const text = `${zone}BEGIN:VEVENT\r\nUID:m-1\r\nDTSTART;TZID=Europe/Berlin:29991118T100000\r\nEND:VEVENT`;
    const [ask, email] = [mailOf(cancelled, 'ask'), colleague?.email ?? ''];
    const entry = (method: string, at: number): Mail => ({
      ...ask,
      at,
      to: [{ name: '', address: email }],
      calendar: { method, text },
      tags: { ...ask.tags, kind: 'meeting', steps: '', kinds: '' },
    });
    const invited = withMail(cancelled, entry('REQUEST', ask.at));
    const name = 'the meetings of a canceled handoff are called off';
    expect(brokenIn(invited)).toContain(name);
    expect(brokenIn(withMail(invited, entry('CANCEL', ask.at + 100 * hour)))).not.toContain(name);
  });

  it('is not when a calendar lacks a meeting, shows another time of it, or keeps it for who takes no part', () => {
    const name = 'the calendars of all show a meeting as it stands';
    const without = (address: string | undefined) => (mail: Mail) =>
      !mail.calendar || ![...mail.to, ...mail.cc].some((to) => to.address === address);
    const [invited] = whole.mails.filter(({ calendar }) => calendar);
    expect(brokenIn(whole)).not.toContain(name);
    expect(brokenIn({ ...whole, mails: whole.mails.filter(without(invited?.to[0]?.address)) })).toContain(name);
    const change = (what: object) =>
      tampered(whole, ({ record }) => {
        const meetings = Object.entries(record.meetings ?? {}).map(([id, stands]) => [id, { ...stands, ...what }]);
        return { record: { ...record, meetings: Object.fromEntries(meetings) } };
      });
    expect(brokenIn(change({ at: '2999-11-18T10:00:00Z' }))).toContain(name);
    expect(brokenIn(change({ hosts: [] }))).toContain(name);
    expect(brokenIn(change({ status: 'off' }))).toContain(name);
  });

  it('is not when a mail goes out twice with nothing to explain it', () => {
    const ask = mailOf(whole, 'ask');
    const twice = withMail(whole, { ...ask, at: ask.at + 1000 });
    const name = 'no mail goes out more often than faults explain';
    expect(brokenIn(twice)).toContain(name);
    const fault = { at: ask.at, fault: 'killed after', call: 'notify → dynamodb:PutItem' } as const;
    expect(brokenIn({ ...twice, faults: [fault] })).not.toContain(name);
  });

  it('is not when the audit trail lacks a decision, or the measures say something else', () => {
    const blank = tampered(whole, ({ audit }) => ({ audit: audit.filter(({ what }) => what !== 'decided') }));
    expect(brokenIn(blank)).toContain('the audit trail has every decision, once');
    const measured = tampered(whole, ({ record }) => {
      const { measures } = record.state;
      if (!measures) throw new Error('A complete handoff is measured.');
      return { record: { ...record, state: { ...record.state, measures: { ...measures, returns: 7 } } } };
    });
    expect(brokenIn(measured)).toContain('the measures agree with the audit trail');
  });

  it('is not when a row says that a step waits for somebody, or does not, and the audit trail says otherwise', () => {
    const [ended] = whole.handoffs;
    const since = '2027-01-02T10:00:00.000Z';
    const asOf = '2027-01-03T01:10:00.000Z';
    const round = { step: 's', round: 1, owner: 'p', dueAt: since, timeliness: 'open' } as const;
    const broken = (rests: MeasuredRound['rests'], what?: 'exception-requested' | 'waiting-for-customer') => {
      const row = measuredHandoff({
        id: ended?.record.state.id ?? '',
        rounds: [{ ...round, ...(rests && { rests }) }],
      });
      const nights = [{ asOf, rows: [row] }];
      const none = { rows: [], standing: new Map(), recorded: [], people: new Map() };
      const entry = { at: since, who: 'a', step: 's', detail: '', from: 'page' } as const;
      const told = tampered(whole, ({ audit }) => ({ audit: what ? [...audit, { ...entry, what }] : audit }));
      return rowsSayWhatWaits.broken({ ...told, measured: { ...none, nights } }).length;
    };
    const customer = { for: 'customer', since, until: asOf } as const;
    const decision = { for: 'decision', since } as const;
    expect([
      broken(undefined),
      broken(decision, 'exception-requested'),
      broken(customer, 'waiting-for-customer'),
    ]).toEqual([0, 0, 0]);
    expect([broken(decision), broken(undefined, 'exception-requested'), broken(customer)]).toEqual([1, 1, 1]);
    expect(broken({ ...decision, since: asOf }, 'exception-requested')).toBe(1);
  });

  it('is not when a mail is claimed and nobody got it, nor when an execution has no record', () => {
    const unknown = tampered(whole, ({ record }) => {
      const claimed = {
        key: 'some-step/1/ask/nobody@example.com',
        status: 'claimed',
        at: record.state.startedAt,
      } as const;
      return { record: { ...record, mails: { ...record.mails, [claimed.key]: claimed } } };
    });
    expect(brokenIn(unknown)).toContain('of no mail it is unknown whether it went out');
    const unmatched = 'no execution is without its record, and no record without its execution';
    expect(brokenIn({ ...whole, executions: [...whole.executions, 'somebody-elses'] })).toContain(unmatched);
    expect(brokenIn({ ...whole, records: [...whole.records, 'S-9-1'] })).toContain(unmatched);
  });

  it('is not when a dead letter is left, a link lives on, or a function fails', () => {
    expect(brokenIn({ ...whole, leftovers: ['A dead letter'] })).toEqual([
      'every dead letter, drained as the runbook says, ends well',
    ]);
    expect(brokenIn({ ...whole, livingLinks: ['/s/1'] })).toEqual(['the links of a canceled handoff decide nothing']);
    expect(brokenIn({ ...whole, failures: ['The function notify failed: Error: What?'] })).toEqual([
      'no function fails',
    ]);
    const missed = (...errors: readonly string[]) => {
      const named = errors.map((error, i) => `S-${i}-1 (${error})`).join(', ');
      const said = `${errors.length} of 3 handoffs could not be measured: ${named}. Reports show them as they stood before.`;
      const story = { ...whole.story, weather: 'light' as const };
      return brokenIn({ ...whole, story, failures: [`The function measure failed: Error: ${said} (2 times)`] });
    };
    expect(missed('RecordsUnavailable', 'ServiceUnavailable')).toEqual([]);
    expect(missed('RecordsUnavailable', 'TypeError')).toEqual(['no function fails']);
  });
});
