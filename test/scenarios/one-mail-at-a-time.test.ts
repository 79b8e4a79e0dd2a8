import { describe, expect, it } from 'vitest';
import { flowFront } from '../../functions/domain/handoff/flow-front.ts';
import { opensOf } from '../../functions/domain/handoff/planned.ts';
import { announcements } from '../../functions/domain/playbook/announcements.ts';
import { playbook as agency } from '../../statemachines/playbooks/agency.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course, courseUnless } from '../support/course.ts';
import { dealEvent, sampleEvent } from '../support/deals.ts';
import { anna, klaus, lena } from '../support/handoff-record.ts';
import { play } from '../support/play.ts';
import { upTo } from '../support/progress.ts';
import { openSystem } from '../support/world.ts';

const samples = ['complete-standard', 'incomplete', 'enterprise-across-zones', 'self-serve', 'holiday-week'] as const;
const manners = ['prompt', 'late'] as const;

const invitations = Object.entries(announcements).flatMap(([kind, { from }]) => (from === 'plans' ? [kind] : []));

describe('One person gets one mail about one handoff at one moment', () => {
  for (const [sample, manner] of [
    ...samples.flatMap((sample) => manners.map((manner) => [sample, manner] as const)),
    ['holiday-week', 'silent'] as const,
  ])
    it(
      `${sample}, people who are ${manner}`,
      courseUnless(sample === 'self-serve' && manner === 'prompt'),
      async () => {
        for (const rules of [playbook, agency]) {
          const { report } = await play(sample, { playbook: rules, manner });
          // An invitation is a calendar entry, and a mail by itself.
          const mails = report.mails.filter(({ kind }) => !invitations.includes(kind));
          const moments = mails.flatMap(({ at, to, cc }) => [...to, ...cc].map((who) => `${who} ${at}`));
          const twice = moments.filter((moment, i) => moments.indexOf(moment) !== i);
          expect(twice).toEqual([]);
        }
      },
    );

  it('reminds somebody of all that nobody acts on in one mail a week', course, async () => {
    const { report } = await play('enterprise-across-zones', { playbook, manner: 'silent' });
    const weekly = Map.groupBy(
      report.mails.filter(({ kind }) => kind === 'nag'),
      ({ to }) => to[0],
    );
    // Two owners, the manager of each, and revenue operations.
    expect(weekly.size).toBe(5);
    for (const nags of weekly.values())
      for (const [i, { at }] of nags.slice(1).entries())
        expect((Date.parse(at) - Date.parse(nags[i]?.at ?? '')) / 86_400_000).toBeGreaterThan(4);
    expect(report.mails.some(({ about }) => about.filter(({ kind }) => kind === 'nag').length > 1)).toBe(true);
  });

  it('tells whoever is asked at the trigger who takes over in the same mail, and everybody else in their own', async () => {
    const system = await openSystem({ at: '2026-11-20T15:00:00Z', playbook });
    await system.win(sampleEvent('incomplete'));
    const mails = system.mails().map(({ tags, to }) => `${tags['kind']} ${to.map(({ address }) => address)}`);
    expect(mails).toEqual([`handoff-begins ${lena}`, `ask ${anna}`]);
    const [, asked] = system.mails();
    expect(asked?.tags['steps']).toBe('complete-package_schedule-internal-meeting');
    expect(asked?.subject).toMatch(/^Weberhaus Möbel: 2 steps for you, first by /);
    expect(asked?.text.replace(/\s+/g, ' ')).toContain('Lena takes over from you');
    expect(asked?.text.match(/\/s\/[\w-]{22}/g)).toHaveLength(2);
  });

  it('asks a manager for nothing who hears of two steps, because email to their owner bounces', async () => {
    const system = await openSystem({ at: '2026-11-20T15:00:00Z', playbook });
    system.account.mailTrouble.bounce(anna);
    await system.win(sampleEvent('incomplete'));
    await system.until('2026-11-20T15:05:00Z');
    const told = system.mails().find(({ to }) => to[0]?.address === klaus);
    expect(told?.tags['steps']).toBe('complete-package_schedule-internal-meeting');
    expect(told?.subject).toBe('Weberhaus Möbel: Anna was asked to complete the package');
    expect(told?.text).toContain('Weberhaus Möbel has 2 steps open:');
    expect(told?.text).not.toContain('for you');
  });

  it('tells the account manager of an agency at the trigger what is coming, with the brief (S1)', course, async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z', playbook: agency });
    await system.win(dealEvent());
    const mails = system.mails().map(({ tags, to }) => `${tags['kind']} ${to.map(({ address }) => address)}`);
    expect(mails).toEqual([`handoff-begins ${lena}`, `ask ${anna}`]);
    const [told, asked] = system.mails();
    expect(told?.text).toContain('Brief: Nordwind Logistik GmbH');
    expect(asked?.text.replace(/\s+/g, ' ')).toContain('Lena takes over from you');
  });
});

describe('The page after a decision', () => {
  it(
    'offers the next step; its mail waits a quarter of an hour, and does not come when the step is done',
    course,
    async () => {
      const system = await openSystem({ at: '2026-11-17T08:30:00Z', playbook });
      await system.win(dealEvent());
      const page = await system.answer(lena, 'review-brief', 'accept');
      const path = /href="(\/s\/[\w-]{22})" data-step="draft-success-plan"/.exec(page.html)?.[1] ?? '';
      const asks = () => system.mails().filter(({ tags }) => tags['step'] === 'draft-success-plan').length;
      await system.until('2026-11-17T08:44:00Z');
      expect(asks()).toBe(0);
      expect((await system.submit(path, 'drafted')).status).toBe(200);
      await system.until('2026-11-17T12:00:00Z');
      expect(asks()).toBe(0);
    },
  );

  it('offers what is new to whoever decided, and nothing that was asked before', async () => {
    const { system } = await upTo('introduce-customer');
    const { html } = await system.answer(lena, 'introduce-customer', 'approved');
    const offered = [...html.matchAll(/data-step="([^"]+)"/g)].map(([, step]) => step);
    // The stakeholders were asked for beside the introduction: that is Lena's too, and no news.
    expect(offered).toEqual(['schedule-kickoff']);
  });

  it('is followed by the mail where nobody goes on', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z', playbook });
    await system.win(dealEvent());
    await system.answer(lena, 'review-brief', 'accept');
    await system.until('2026-11-17T08:46:00Z');
    expect(system.mails().filter(({ tags }) => tags['step'] === 'draft-success-plan')).toHaveLength(1);
  });
});

for (const sample of ['incomplete', 'enterprise-across-zones', 'self-serve'] as const)
  it(
    `the front of the flow is where the execution waits, at every moment of a handoff: ${sample}`,
    courseUnless(sample === 'self-serve'),
    async () => {
      const system = await openSystem({ at: String(sampleEvent(sample).time), playbook });
      const id = await system.win(sampleEvent(sample));
      for (let turn = 0; turn < 14; turn++) {
        const record = await system.load(id);
        const people = new Map((await system.world.roster.everybody()).map((person) => [person.email, person]));
        const opens = opensOf(record, people, system.world.calendarOf);
        const waiting = Object.values(record.steps)
          .filter(({ decision, step }) => !decision && step !== 'share-remarks')
          .map(({ step, round }) => `${step} ${round}`);
        const { reached } = flowFront({ record, opens, at: system.now() });
        expect(reached.map(({ step, round }) => `${step} ${round}`).toSorted()).toEqual(waiting.toSorted());
        const [next] = reached;
        if (!next) break;
        const asked = record.steps[next.step];
        await system.until(
          new Date(Math.max(Date.parse(system.now()), Date.parse(asked?.askedAt ?? '')) + 3_600_000).toISOString(),
        );
        await system.answer(asked?.owner ?? '', next.step, next.rule.choices[0]?.id ?? '');
      }
    },
  );
