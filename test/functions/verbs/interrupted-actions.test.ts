import { describe, expect, it } from 'vitest';
import type { AuditKind } from '../../../functions/domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { askStep } from '../../../functions/domain/playbook/playbook.ts';
import type { World } from '../../../functions/ports/world.ts';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import type { Mail } from '../../../infra/account/ses/mail.ts';
import { breaking, callsIn } from '../../support/breaking.ts';
import { course, courseUnless } from '../../support/course.ts';
import { dealEvent, roster, sampleEvent } from '../../support/deals.ts';
import { anna, daniel, lena, ruth } from '../../support/handoff-record.ts';
import { full } from '../../support/playbooks/full.ts';
import { type Under, upTo, won } from '../../support/progress.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

// Whatever somebody does on a page beside deciding a step: their page ends after any of its calls, and then they send the
// same form again, or nobody does and the execution comes to it by itself.

interface Case {
  readonly name: string;
  readonly begin: () => Promise<Under>;
  readonly step: string;
  readonly by: string;
  readonly form: Readonly<Record<string, string>>;
}

const asking = 'complete-package';

/** The package lacks answers, and Anna has asked for an exception. */
async function asked(): Promise<Under> {
  const steps = { ...full.steps, [asking]: { ...askStep(full, asking), reviewedBy: ['revenueOperations'] as const } };
  const system = await openSystem({ at: won, playbook: { ...full, steps } });
  const id = await system.win(sampleEvent('incomplete'));
  await system.answer(anna, asking, 'request-exception', { reason: 'They decide in January.' });
  return { system, id };
}

/** Nobody has room by the rules, and revenue operations is asked. */
async function unassigned(): Promise<Under> {
  const full = roster().map((person) =>
    person.role === 'customerSuccessManager' ? { ...person, capacity: 0 } : person,
  );
  const system = await openSystem({ at: won, roster: full });
  const id = await system.win(dealEvent());
  return { system, id };
}

/** Lena's manager has been told that she is late. */
async function late(): Promise<Under> {
  const under = await upTo('review-brief');
  await under.system.until('2026-11-23T09:00:00Z');
  return under;
}

const grant = { choice: 'grant-exception', reason: 'We can start.', owner: anna, dueDate: '2026-12-15' };

const cases: readonly Case[] = [
  { name: 'granting an exception', begin: asked, step: asking, by: ruth, form: grant },
  {
    name: 'granting a part of an exception',
    begin: asked,
    step: asking,
    by: ruth,
    form: { ...grant, 'decision:contract.termMonths': 'Decline' },
  },
  {
    name: 'declining an exception',
    begin: asked,
    step: asking,
    by: ruth,
    form: { choice: 'decline-exception', reason: 'Ask once more.' },
  },
  { name: 'skipping', begin: late, step: 'review-brief', by: daniel, form: { choice: 'skip', reason: 'Known.' } },
  {
    name: 'naming a person',
    begin: unassigned,
    step: 'assign-customer-success-manager',
    by: ruth,
    form: { choice: 'assigned', customerSuccessManager: lena },
  },
  {
    name: 'reassigning a step',
    begin: () => upTo('review-brief'),
    step: 'review-brief',
    by: lena,
    form: { choice: 'reassign', to: daniel, everything: 'no', reason: 'On leave' },
  },
  {
    name: 'reassigning a side',
    begin: () => upTo('introduce-customer'),
    step: 'introduce-customer',
    by: lena,
    form: { choice: 'reassign', to: daniel, everything: 'yes', reason: 'Another customer' },
  },
  {
    name: 'moving a meeting',
    begin: () => upTo('hold-kickoff'),
    step: 'hold-kickoff',
    by: lena,
    form: { choice: 'move-meeting', meetingAt: '2026-11-25T10:00', minutes: '60', reason: 'They are away.' },
  },
  {
    name: 'calling a meeting off',
    begin: () => upTo('hold-kickoff'),
    step: 'hold-kickoff',
    by: lena,
    form: { choice: 'call-off-meeting', reason: 'They are away.' },
  },
  {
    name: 'waiting for the customer',
    begin: () => upTo('review-brief'),
    step: 'review-brief',
    by: lena,
    form: { choice: 'wait-for-customer', until: '2026-11-20', reason: 'They are away.' },
  },
  {
    name: 'a note',
    begin: () => upTo('review-brief'),
    step: 'review-brief',
    by: lena,
    form: { choice: 'note', text: 'They prefer the phone.' },
  },
  {
    name: 'being away',
    begin: () => upTo('review-brief'),
    step: 'review-brief',
    by: lena,
    form: { choice: 'away', from: '2026-11-17', until: '2026-11-20', deputy: daniel },
  },
];

const changes = /^(steps\.|audit\.write|handoffs\.(change|add)|meetings|mails?\.|tokens|executions|roster\.note)/;

const acts: readonly AuditKind[] = [
  'decided',
  'reassigned',
  'stand-in',
  'away-noted',
  'waiting-for-customer',
  'meeting-moved',
  'meeting-called-off',
  'exception-declined',
  'item-opened',
  'note',
];

/** Mails that tell what was done, and those with what is asked next. */
const news =
  /^(handed-away|taken-over|waiting|meeting-|exception-|item-|trouble-over|gaps-|kickoff-|internal-meeting-)/;

/** Whatever asks next has come by, in milliseconds: what is stalled is asked about weekly. */
const eightDays = 8 * 86_400_000;

/** What must be so in the end, whoever did it in however many attempts. */
async function outcomeOf({ system, id }: Under, before: number, { step }: Case) {
  await system.until(new Date(system.clock.now() + eightDays).toISOString());
  const record = await system.load(id);
  const trail = await system.world.audit.trail(id);
  const sent = system.mails().slice(before);
  const { decision, owner, pauses, exceptions } = record.steps[step] ?? {};
  return {
    choice: decision?.choice,
    owner,
    waits: pauses?.map(({ until, reason, by }) => [until, reason, by]),
    answers: exceptions?.map(({ answer }) => [answer?.by, answer?.reason, answer?.fields]),
    people: record.state.people,
    notes: record.notes?.map(({ by, text }) => [by, text]),
    meetings: Object.values(record.meetings ?? {}).map(({ meeting, at, status, hosts, sequence }) => ({
      ...{ meeting, at, status, hosts, sequence },
    })),
    onRecord: trail
      .filter(({ what, who }) => acts.includes(what) && who !== 'system')
      .map(({ what, who, step: about, detail }) => `${what} ${who} ${about} ${what === 'item-opened' ? '' : detail}`)
      .sort(),
    ...toldOf(sent, record, owner),
  };
}

/**
 * Who was told, each mail once. What went to a customer, or may have, is sent or held; that a step is done its owner may read
 * in the mail that asks for the next one.
 */
function toldOf(sent: readonly Mail[], { mails }: HandoffRecord, owner: string | undefined) {
  const told = sent
    .filter(({ tags }) => news.test(String(tags['kind'])))
    .map(({ to, tags }) => [tags['kind'], tags['step'], ...to.map(({ address }) => address)])
    .filter(([kind, , to]) => !(kind === 'trouble-over' && to === owner));
  const toCustomers = told.filter((mail) => mail.some((part) => part?.endsWith('.example')));
  const held = Object.values(mails).filter(({ status }) => status === 'held');
  return {
    colleagues: told
      .filter((mail) => !toCustomers.includes(mail))
      .map(String)
      .sort(),
    customers: Math.max(toCustomers.length, held.length),
  };
}

for (const which of cases)
  describe(which.name, courseUnless(which.name === 'a note'), () => {
    const take = async ({ system }: Under, form: Readonly<Record<string, string>>, world: World, later = 0) => {
      const linkId = system.linkOf(which.by, which.step).replace('/s/', '');
      const at = new Date(Date.parse(system.now()) + later).toISOString();
      return decideStep(world)({ linkId, form: { round: '1', nonce: 'a nonce', ...form }, at });
    };

    it(
      'is whole wherever the page is interrupted: when the form is sent again, and when it is not',
      course,
      async () => {
        const whole = await which.begin();
        const before = whole.system.mails().length;
        const untouched = JSON.stringify(await stateOf(whole));
        let first: unknown;
        const all = await callsIn(whole.system.world, async (world) => {
          first = await take(whole, which.form, world);
        });
        expect(first).toMatchObject({ kind: 'confirmed' });
        await whole.system.clock.settled();
        const wanted = await outcomeOf(whole, before, which);
        const calls = all.filter(({ port, method }) => changes.test(`${port}.${method}`));
        expect(calls.length).toBeGreaterThan(1);
        for (const call of calls)
          for (const again of [true, false]) {
            const where = `${call.port}.${call.method} ${call.call}, ${again ? 'sent again' : 'not sent again'}`;
            const under = await which.begin();
            const { system } = under;
            await take(under, which.form, breaking(system.world, { ...call, when: 'after' })).catch(() => undefined);
            // Nothing was done that anybody could go on with.
            if (!again && JSON.stringify(await stateOf(under)) === untouched) continue;
            if (again) {
              // A minute later: what the first attempt had woken has done its work by then.
              await system.clock.settled();
              expect((await take(under, which.form, system.world, 60_000)).kind, where).toBe('confirmed');
              await system.clock.settled();
            }
            const { colleagues, ...rest } = await outcomeOf(under, before, which);
            // Nobody knows of a mail that went out whether it did: a colleague gets it at least once.
            expect([where, call.method === 'send' ? [...new Set(colleagues)] : colleagues]).toEqual([
              where,
              wanted.colleagues,
            ]);
            expect({ ...rest, colleagues: wanted.colleagues }, where).toEqual(wanted);
          }
      },
    );
  });

/** The page itself mails somebody. What is declined is told by the request that comes back. */
const mailing = /(?<!^declining an )exception$|meeting/;

for (const which of cases.filter(({ name }) => mailing.test(name)))
  describe(which.name, courseUnless(which.name === 'granting a part of an exception'), () => {
    it('is no error for whoever sends it again while a mail is in hand, and all are told: who had it was interrupted', async () => {
      const send = ({ system }: Under, world: World, later: number) =>
        decideStep(world)({
          linkId: system.linkOf(which.by, which.step).replace('/s/', ''),
          form: { round: '1', nonce: 'a nonce', ...which.form },
          at: new Date(Date.parse(system.now()) + later).toISOString(),
        });
      const whole = await which.begin();
      const before = whole.system.mails().length;
      const all = await callsIn(whole.system.world, (world) => send(whole, world, 0));
      await whole.system.clock.settled();
      const wanted = await outcomeOf(whole, before, which);
      const claims = all.filter(({ port, method }) => `${port}.${method}` === 'mails.claim');
      expect(claims).not.toEqual([]);
      for (const call of claims) {
        const under = await which.begin();
        await send(under, breaking(under.system.world, { ...call, when: 'after' }), 0).catch(() => undefined);
        const where = `claim ${call.call}`;
        expect((await send(under, under.system.world, 2_000)).kind, where).toBe('confirmed');
        await under.system.until(new Date(under.system.clock.now() + 16 * 60_000).toISOString());
        const soon = toldOf(under.system.mails().slice(before), await under.system.load(under.id), undefined);
        const outcome = await outcomeOf(under, before, which);
        expect(outcome, where).toEqual(wanted);
        const asked = /^(item-|kickoff-|internal-meeting-|trouble-over)/;
        expect(
          soon.colleagues.filter((mail) => !asked.test(mail)),
          where,
        ).toEqual(wanted.colleagues.filter((mail) => !asked.test(mail)));
      }
    });
  });

/** What an act changes first. */
async function stateOf({ system, id }: { readonly system: OpenSystem; readonly id: string }) {
  const { steps, meetings, notes, state } = await system.load(id);
  const roster = await system.world.roster.everybody();
  const known = Object.values(steps).map(({ token: _, ...step }) => step);
  return { known, meetings, notes, state, away: roster.map(({ awayNotes }) => awayNotes) };
}
