import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DeleteScheduleCommand } from '@aws-sdk/client-scheduler';
import { beforeAll, describe, expect, it } from 'vitest';
import { handoffIdOf } from '../../../functions/domain/deal/deal.ts';
import { deskBesideId, deskLinkFor } from '../../../functions/domain/handoff/desk-link.ts';
import {
  askSteps,
  type NamedStep,
  packageStep,
  returningTo,
  tellsOf,
} from '../../../functions/domain/playbook/capabilities.ts';
import { quarterOf } from '../../../functions/domain/time/periods.ts';
import { deskTo } from '../../../functions/mailing/desk-link.ts';
import { pageNonce } from '../../../functions/verbs/page-nonce.ts';
import type { Account } from '../../../infra/account/account.ts';
import { grantsIn } from '../../../infra/account/iam/policy.ts';
import { measuredCompany } from '../../../infra/local/measured-company.ts';
import { eventToPut, putOnBus } from '../../../infra/local/put-event.ts';
import { functionNamesOf } from '../../../infra/wiring/function-names.ts';
import { functionsLeftForPeople, functionsTriedAgain } from '../../../infra/wiring/function-needs.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { course } from '../../support/course.ts';
import { dealOf, roster, sampleEvent } from '../../support/deals.ts';
import { type Course, day, playCourse } from './course.ts';
import { digestCourses } from './digest-courses.ts';
import { interruptedCourses } from './interrupted-courses.ts';
import { roleOfFunction, rolesOf } from './permissions.ts';
import type { StoodUp } from './stand-up.ts';
import { synthesize } from './synthesize.ts';

const settings = { operations: 'iam' } as const;
const synthesized = synthesize(settings);
const functionNames = functionNamesOf(settings);

/** Some steps of the synthesized playbook, by what they do. */
const completing = found(packageStep(playbook));
const reviewing = found(returningTo(playbook, completing.id)[0]);
const planning = found(askSteps(playbook).find(({ rule }) => rule.plans !== undefined));

function found(step: NamedStep | undefined): NamedStep {
  if (!step) throw new Error('The synthesized playbook has no such step.');
  return step;
}

const request = (system: StoodUp['system'], method: string, path: string, form = '') =>
  system.account.handle({
    method,
    path,
    headers: {
      host: '127.0.0.1',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: Buffer.from(form),
  });

/** Made by Lambda itself, not by the function. */
const ofLambda = /: logs:/;

/** A deal that says nothing about its renewal. */
const withoutRenewal = ((event: ReturnType<typeof sampleEvent>) => {
  const pkg = event.detail['package'] as { contract: Record<string, unknown> };
  const { renewalDate: _unknown, ...contract } = pkg.contract;
  return { ...event, detail: { ...event.detail, package: { ...pkg, contract } } };
})(sampleEvent('incomplete'));

const handoffId = 'D-2026-1052-1';

/** Calls the function that reminds of the renewal, as if its moment had come; its schedule is gone by then, as on AWS. */
async function remindTooEarly({ clients, clock }: StoodUp['system']): Promise<void> {
  const [reminder] = tellsOf(playbook).filter(({ rule }) => rule.by === 'scheduler');
  if (!reminder) throw new Error('The synthesized playbook reminds of nothing.');
  const { step, tell } = reminder;
  await clients.scheduler.send(
    new DeleteScheduleCommand({ GroupName: 'handoff-sample', Name: `${tell.say}-${handoffId}` }),
  );
  const event = { handoffId, step, say: tell.say, at: new Date(clock.now()).toISOString() };
  await clients.lambda.send(
    new InvokeCommand({ FunctionName: 'handoff-sample-notify', Payload: Buffer.from(JSON.stringify(event)) }),
  );
}

/** What recurs is called by nobody here: a night passes. */
async function passNight({ clients, clock }: StoodUp['system']): Promise<void> {
  for (const name of ['track-mail', 'measure'])
    await clients.lambda.send(
      new InvokeCommand({
        FunctionName: `handoff-sample-${name}`,
        Payload: Buffer.from(
          JSON.stringify({ 'detail-type': 'Scheduled Event', time: new Date(clock.now()).toISOString() }),
        ),
      }),
    );
}

/** Puts an event on the bus that happened at another time. */
const putLate = ({ clients }: StoodUp['system'], event: object, time: number) => {
  const { source, detailType, detail } = eventToPut(event);
  const entry = { Source: source, DetailType: detailType, Detail: detail, Time: new Date(time) };
  return clients.events.send(new PutEventsCommand({ Entries: [entry] }));
};

/** What functions that nobody waits for cannot do anything with: they fail at it until it is given up. */
const poison = 'poison';

/** Hands each function that nobody waits for an event that it fails at. */
async function failAll({ clients }: StoodUp['system']): Promise<void> {
  for (const name of [...functionsTriedAgain, ...functionsLeftForPeople])
    await clients.lambda.send(
      new InvokeCommand({
        FunctionName: `handoff-sample-${name}`,
        InvocationType: 'Event',
        Payload: Buffer.from('null'),
      }),
    );
}

/** Opens the desks of an account executive and of revenue operations, and does there what can be done. */
async function useDesks(system: StoodUp['system']): Promise<void> {
  const { clock, account } = system;
  const deskOf = (email: string) =>
    account.inbox.mails
      .filter(({ recipients }) => recipients.includes(email))
      .map(({ text }) => /\/d\/[\w.-]+/.exec(text)?.[0])
      .findLast(Boolean) ?? '';
  const act = (desk: string, form: Readonly<Record<string, string>>, path = desk) => {
    const nonce = pageNonce(system.world, desk.slice('/d/'.length), new Date(clock.now()).toISOString());
    return request(system, 'POST', path, new URLSearchParams({ nonce, ...form }).toString());
  };
  const [own, all] = [deskOf('anna.keller@example.com'), deskOf('ruth.lindqvist@example.com')];
  const [reports, allReports] = [own, all].map((desk) => desk.replace('/d/', '/r/'));
  for (const path of [own, `${reports}`, `${allReports}`, `${allReports}/handoffs?format=csv`, all])
    expect((await request(system, 'GET', path)).status).toBe(200);
  const led = await act(own, { act: 'open', handoff: handoffId, step: completing.id });
  expect((await request(system, 'GET', String(led.headers['location']))).status).toBe(200);
  // Somebody who has no part in any handoff looks for one.
  const at = new Date(clock.now()).toISOString();
  const url = await deskTo(system.world, { person: 'james.carter@example.com', handoffId, at });
  const other = new URL(url).pathname;
  for (const path of [other, other.replace('/d/', '/r/')])
    expect((await request(system, 'GET', path)).status).toBe(200);
  // The desk is shown again with what is wrong.
  for (const desk of [own, all, other])
    expect((await act(desk, { act: 'away', from: '', until: '' })).status).toBe(422);
  const [from = '', until = ''] = [7, 11].map((days) => new Date(clock.now() + days * day).toISOString().slice(0, 10));
  expect((await act(own, { act: 'away', from, until })).status).toBe(200);
  expect((await act(all, { act: 'end' })).status).toBe(200);
  expect((await act(all, {}, `${all}/fresh`)).status).toBe(200);
  // A link that came in a report: its replacement is a mail of no handoff, which SES is too busy for at first.
  const [person, link] = ['james.carter@example.com', system.world.newLinkId()];
  const [ended, reported] = [new Date(clock.now() - 1).toISOString(), `/d/${link}`];
  await system.world.desks.store(system.world.hash(link), deskLinkFor(person, undefined, ended));
  expect((await act(reported, { act: 'end' })).status).toBe(200);
  account.mailTrouble.throttleNext(1000);
  expect((await act(reported, {}, `${reported}/fresh`)).status).toBe(503);
  account.mailTrouble.clear();
  const both = await Promise.all([1, 2].map(() => act(reported, {}, `${reported}/fresh`)));
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
}

/** Has the reports of a Monday sent: to a mail service that is too busy first, then by two calls at once. */
async function sendReports({ clients, clock, account, world }: StoodUp['system']): Promise<void> {
  const asOf = new Date(clock.now()).toISOString();
  await world.measured.save(measuredCompany({ handoffs: 3, asOf }));
  const call = () =>
    clients.lambda.send(
      new InvokeCommand({
        FunctionName: 'handoff-sample-send-reports',
        Payload: Buffer.from(JSON.stringify({ time: asOf })),
      }),
    );
  account.mailTrouble.throttleNext(1000);
  await call();
  account.mailTrouble.clear();
  await Promise.all([call(), call()]);
  await auditQuarter({ account, clock, world } as StoodUp['system']);
}

/** Keeps a note on a handoff that has ended, and marks it as done. */
async function auditQuarter(system: StoodUp['system']): Promise<void> {
  const { clock, world } = system;
  const at = new Date(clock.now()).toISOString();
  const url = await deskTo(world, { person: 'ruth.lindqvist@example.com', handoffId, at });
  const link = new URL(url).pathname.slice('/d/'.length);
  const quarter = quarterOf(at, 'UTC');
  const [first, ...more] = measuredCompany({ handoffs: 1, asOf: at }).handoffs;
  if (!first || more.length > 0) throw new Error('One handoff was asked for.');
  const ended = { ...first, id: handoffId, status: 'complete', endedAt: at } as const;
  await world.measured.save({ asOf: at, handoffs: [ended], playbooks: [] });
  const path = `/r/${link}/audit/${quarter}`;
  expect((await request(system, 'GET', path)).status).toBe(200);
  // A desk link that is kept with a link to a step opens it, too.
  expect((await request(system, 'GET', `/r/${deskBesideId('none', link)}/audit/${quarter}`)).status).toBe(404);
  const nonce = pageNonce(world, link, at);
  const send = (form: Readonly<Record<string, string>>) =>
    request(system, 'POST', path, new URLSearchParams({ nonce, ...form }).toString());
  const by = new Date(clock.now() + 9 * day).toISOString().slice(0, 10);
  const note = { act: 'note', handoff: handoffId, what: 'Ask earlier.', owner: 'ruth.lindqvist@example.com', by };
  expect((await send(note)).status).toBe(200);
  const [kept] = await world.remediations.of(quarter);
  expect((await send({ act: 'done', note: kept?.id ?? '' })).status).toBe(200);
}

/** Looks at the board, at a handoff and at one that nobody knows, as somebody who signs. */
async function lookAsOperations({ account }: StoodUp['system']): Promise<void> {
  const scope = 'Credential=local/20261120/us-east-1/execute-api/aws4_request';
  const look = (path: string, authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`) =>
    account.handle({ method: 'GET', path, headers: { host: '127.0.0.1', authorization }, body: new Uint8Array(0) });
  expect((await look('/operations')).status).toBe(200);
  expect((await look(`/operations/handoffs/${handoffId}`)).status).toBe(200);
  expect((await look('/operations/handoffs/nobody-knows-it')).status).toBe(404);
  expect((await request({ account } as StoodUp['system'], 'GET', '/operations')).status).toBe(403);
}

/** The first Monday noon (UTC) after an instant: everybody's morning has begun but in America. */
const mondayAfter = (start: number): number => {
  const noon = Math.floor(start / day) * day + day / 2;
  return noon + ((8 - new Date(noon).getUTCDay()) % 7 || 7) * day;
};

const linkIn = (text: string): string | undefined => /\/s\/[\w-]+/.exec(text)?.[0];

describe('What is synthesized, stood up in the local account', course, () => {
  /** What was among the dead letters of the poisoned one after three days. */
  let givenUp: Account['deadLetters'] = [];
  const courses: { readonly name: string; readonly stood: StoodUp }[] = [];

  beforeAll(async () => {
    const play = async (name: string, options: Course) =>
      courses.push({ name, stood: await playCourse(synthesized, options) });
    await play('turns', {
      event: withoutRenewal,
      script: {
        [completing.id]: [
          { choice: 'request-exception' },
          {
            by: 'ruth.lindqvist@example.com',
            choice: completing.rule.choices.find(({ does }) => does === 'grant-exception')?.id,
            evidence: { owner: 'anna.keller@example.com', dueDate: '2026-12-15' },
          },
          // Returned, it is saved before it is handed over again.
          { choice: 'save' },
          {},
        ],
        [reviewing.id]: [
          { choice: reviewing.rule.returns?.choice, evidence: { gaps: 'Who signs off?' } },
          { choice: 'away', evidence: { from: '2027-01-04', until: '2027-01-08' } },
          { choice: 'reassign', evidence: { to: 'daniel.weiss@example.com' } },
          {},
        ],
      },
      before: ({ system }, start) => {
        system.account.mailTrouble.throttleNext(3);
        // The CRM corrects the signature, and does not count how often a deal is won.
        const { detail, ...envelope } = sampleEvent('incomplete');
        const { wonEpisode: _none, ...uncounted } = detail;
        const corrected = { ...uncounted, closedWonAt: new Date(start + 60_000).toISOString() };
        system.clock.at(start + 3_600_000, () => putOnBus(system, { ...envelope, detail: corrected }));
        system.clock.at(start + 20 * day, () => remindTooEarly(system));
      },
    });
    for (const [name, options] of Object.entries({ ...interruptedCourses, ...digestCourses }))
      await play(name, options);
    await play('cancelled late', {
      manner: 'late',
      before: ({ system }, start) => {
        for (const days of [2, 30]) system.clock.at(start + days * day, () => passNight(system));
      },
      script: {
        [planning.id]: {
          by: 'klaus.brandt@example.com',
          after: 'P3D',
          choice: 'cancel',
          evidence: { reason: 'The customer withdrew.', confirm: 'Yes, stop this handoff for good' },
        },
      },
    });
    await play('canceled by somebody who was interrupted', {
      manner: 'silent',
      before: ({ system }, start) => {
        const id = handoffIdOf(dealOf(sampleEvent('complete-standard')));
        system.clock.at(start + day, async () => {
          const at = new Date(system.clock.now()).toISOString();
          const ended = { by: 'klaus.brandt@example.com', from: 'page' } as const;
          const canceled = {
            id,
            from: ['open'],
            to: 'cancelled',
            at,
            reason: 'The customer withdrew.',
            ended,
          } as const;
          await system.world.handoffs.changeStatus(canceled);
        });
      },
    });
    await play('lost', {
      manner: 'silent',
      before: ({ system }, start) => {
        const { source, detail } = sampleEvent('complete-standard');
        const lost = { source, 'detail-type': 'Deal Lost', detail: { dealId: detail['dealId'] } };
        // Won again before the event came that it was lost.
        const { wonEpisode: _none, ...uncounted } = detail;
        const again = { ...uncounted, closedWonAt: new Date(start + day / 2).toISOString() };
        system.clock.at(start + day / 2, () =>
          putOnBus(system, { source, 'detail-type': 'Deal Closed Won', detail: again }),
        );
        system.clock.at(start + day, async () => {
          await putLate(system, lost, start + day / 4);
        });
        system.clock.at(start + 2 * day, async () => {
          // SES is too busy for the function's own tries, and for the first two after.
          system.account.mailTrouble.throttleNext(1000);
          system.clock.at(system.clock.now() + 900_000, () => system.account.mailTrouble.clear());
          await putOnBus(system, lost);
          await putOnBus(system, { ...lost, detail: { dealId: 'nobody-knows-it' } });
          // It may be a deal that was merged.
          await putOnBus(system, { ...lost, 'detail-type': 'Customer Renewed', detail: { dealId: 'nobody-knows-it' } });
          await putOnBus(system, { source, 'detail-type': 'Deal Closed Won', detail: {} });
        });
      },
    });
    await play('proposed before it was won, and another one lost', {
      before: ({ system }, start) => {
        const { source, detail } = sampleEvent('complete-standard');
        const { closedWonAt: _at, wonEpisode, ...facts } = detail;
        const say = (type: string, changed: object) =>
          putOnBus(system, { source, 'detail-type': type, detail: { ...facts, ...changed } });
        const [drafted, lost] = [{ dealId: 'D-drafted' }, { dealId: 'D-lost' }];
        system.clock.at(start + 60_000, async () => {
          await say('Deal Proposed', drafted);
          await say('Deal Proposed', lost);
        });
        system.clock.at(start + day, async () => {
          await putOnBus(system, { source, 'detail-type': 'Deal Lost', detail: lost });
          const mail = system.account.inbox.mails.find(
            ({ tags }) => tags['kind'] === 'draft-started' && tags['handoff'] === 'D-drafted-1',
          );
          const link = linkIn(mail?.text ?? '') ?? '';
          expect((await request(system, 'GET', link)).status).toBe(200);
          const nonce = pageNonce(system.world, link.slice('/s/'.length), new Date(system.clock.now()).toISOString());
          const form = { nonce, round: '1', choice: 'save', packageVersion: '0', 'contract.planTier': 'Enterprise' };
          expect((await request(system, 'POST', link, new URLSearchParams(form).toString())).status).toBe(200);
        });
        system.clock.at(start + 2 * day, () =>
          say('Deal Closed Won', { ...drafted, wonEpisode, closedWonAt: new Date(start + 2 * day).toISOString() }),
        );
      },
    });
    await play('changed in the CRM', {
      event: withoutRenewal,
      before: ({ system }, start) => {
        const { source } = withoutRenewal;
        const detail: Readonly<Record<string, unknown>> = withoutRenewal.detail;
        const { closedWonAt: _at, wonEpisode: _episode, ...facts } = detail;
        const pkg = detail['package'] as { contract: Record<string, unknown> };
        const change = (contract: object, changed: object = {}) =>
          putOnBus(system, {
            source,
            'detail-type': 'Deal Changed',
            detail: { ...facts, package: { ...pkg, contract: { ...pkg.contract, ...contract } }, ...changed },
          });
        // While the package is open, and the renewal not known.
        system.clock.at(start + 60_000, () =>
          change({ renewalDate: '2028-05-31' }, { accountExecutive: 'james.carter@example.com' }),
        );
        let invited = 0;
        system.account.inbox.watch(({ tags }) => {
          if (tags['kind'] !== 'kickoff-invitation' || ++invited !== 1) return;
          system.clock.at(system.clock.now() + day / 24, async () => {
            system.account.mailTrouble.throttleNext(2);
            await change({ renewalDate: '2028-05-31' }, { accountExecutive: 'olivia.bennett@example.com' });
          });
        });
        system.clock.at(start + 30 * day, () => change({ renewalDate: '2026-11-18' }));
        system.clock.at(start + 31 * day, () => change({}, { dealId: 'nobody-knows-it' }));
      },
    });
    await play('unreachable', {
      interruptions: () => [
        { by: 'track-mail', action: 'PutItem', item: 'MAIL#', fault: 'sent twice' },
        { by: 'track-mail', action: 'SendRawEmail', fault: 'throttled', call: 2 },
      ],
      before: ({ system }) => {
        const customers = ['h.luehrs@nordwind-logistik.example', 'm.aydin@nordwind-logistik.example'];
        for (const email of [
          ...roster()
            .map(({ email }) => email)
            .slice(0, 4),
          ...customers,
        ])
          system.account.mailTrouble.bounce(email);
      },
    });
    await play(poison, {
      before: ({ system }, start) => {
        system.clock.at(start, () => failAll(system));
        system.clock.at(start + 3 * day, () => {
          givenUp = system.account.deadLetters;
        });
      },
    });
    await play('abandoned, links used', {
      event: sampleEvent('incomplete'),
      manner: 'silent',
      before: ({ system }, start) => {
        system.clock.at(start + 3 * day, async () => {
          const link = system.account.inbox.mails.map(({ text }) => linkIn(text)).find(Boolean) ?? '';
          const nonce = pageNonce(system.world, link.slice('/s/'.length), new Date(system.clock.now()).toISOString());
          expect((await request(system, 'GET', `${link}/brief`)).status).toBe(200);
          expect((await request(system, 'POST', `${link}/fresh`, `nonce=${nonce}`)).status).toBe(200);
        });
        system.clock.at(start + 6 * day, () => useDesks(system));
        system.clock.at(start + 6 * day, () => lookAsOperations(system));
        system.clock.at(mondayAfter(start), () => sendReports(system));
      },
    });
  });

  it('keeps what it has failed at to the end', () => {
    const letters = givenUp.map(({ functionName, attempts }) => [functionName, attempts]);
    expect(Object.fromEntries(letters)).toEqual(
      Object.fromEntries([
        ...functionsTriedAgain.map((name) => [`handoff-sample-${name}`, 303]),
        ...functionsLeftForPeople.map((name) => [`handoff-sample-${name}`, 3]),
      ]),
    );
  });

  it('is allowed each call it makes', () => {
    expect(courses.flatMap(({ name, stood }) => stood.denied.map((call) => `${name}: ${call}`))).toEqual([]);
    for (const name of functionNames) {
      const role = roleOfFunction(synthesized, `handoff-sample-${name}`);
      expect(
        courses.some(({ stood }) => stood.used.get(role)?.size),
        name,
      ).toBe(true);
    }
  });

  it('plays on', () => {
    for (const { name, stood } of courses.filter((each) => each.name !== poison)) {
      const { lambda, deadLetters } = stood.system.account;
      const failures = lambda.failures.filter(
        ({ errorType }) => !/HandoffAbandoned|MailThrottled|MailTurn|Runtime.ExitError/.test(errorType),
      );
      expect({ name, failures, deadLetters }).toEqual({ name, failures: [], deadLetters: [] });
    }
  });

  it('is allowed nothing that it never does', () => {
    const roles = rolesOf(synthesized);
    const unused = functionNames.flatMap((name) => {
      const role = roleOfFunction(synthesized, `handoff-sample-${name}`);
      const used = new Set(courses.flatMap(({ stood }) => [...(stood.used.get(role) ?? [])]));
      return grantsIn(roles[role] ?? [])
        .filter((grant) => !used.has(grant))
        .map((grant) => `${name}: ${grant}`);
    });
    expect(unused.filter((grant) => !ofLambda.test(grant))).toEqual([]);
  });
});
