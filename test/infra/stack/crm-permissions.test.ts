import { createHmac } from 'node:crypto';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionCalls } from '../../../functions/aws/function-calls.ts';
import { grantsIn } from '../../../infra/account/iam/policy.ts';
import { drainQueues } from '../../../infra/draining/drain-queues.ts';
import { queueCalls } from '../../../infra/draining/queue-calls.ts';
import type { FakeHubspot } from '../../../infra/local/crm/hubspot/fake-hubspot.ts';
import { type PlayedCrm, playCrm } from '../../../infra/local/crm/played-crm.ts';
import { employPeople } from '../../../infra/local/play/people.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { course } from '../../support/course.ts';
import { roster, sampleEvent } from '../../support/deals.ts';
import { others } from './course.ts';
import { roleOfFunction, rolesOf } from './permissions.ts';
import { type StoodUp, standUp } from './stand-up.ts';
import { synthesize } from './synthesize.ts';

const start = Date.parse('2026-11-17T08:00:00Z');
const hour = 3_600_000;
const people = [...roster(), ...others];

const withCrm = (crm: object) =>
  synthesize({ domain: { name: 'handoff.example.com', certificateArn: certificate }, crm });
const certificate = 'arn:aws:acm:us-east-1:111111111111:certificate/1';
const siteUrl = 'https://handoff.example.com';

const speakers = ['hear-webhook', 'read-deal', 'queue-write-backs', 'write-back', 'reconcile'] as const;
const stood: { name: string; of: ReturnType<typeof withCrm>; up: StoodUp }[] = [];

/** Deals of HubSpot are won and half handed over, and merged; the CRM will not take what is written back, for a while. */
async function playHubspot(): Promise<void> {
  const synthesized = withCrm({ name: 'hubspot', account: '24681357', writeBack: ['status', 'phase', 'notes'] });
  const crm: { played?: ReturnType<typeof playCrm> } = {};
  const up = await standUp({
    ...{ synthesized, roster: people, start },
    crm: (clock) => {
      crm.played = playCrm('hubspot', { clock, siteUrl });
      return crm.played;
    },
  });
  const { system } = up;
  const { fake } = crm.played ?? {};
  const won = fake?.stages.find(({ phase }) => phase === 'won')?.id ?? '';
  employPeople({ system, playbook, roster: people, manner: 'prompt', script: {} });
  const put = () => fake?.put(sampleEvent('complete-standard').detail) ?? '';
  const [dealId, other, third] = [put(), put(), put()];
  await system.clock.advanceTo(start + hour);
  Object.assign(fake ?? {}, { demanded: ['lost_reason'] });
  for (const id of [dealId, other, third]) fake?.move(id, won);
  await system.clock.advanceTo(start + 6 * hour);
  Object.assign(fake ?? {}, { demanded: [] });
  await system.clock.advanceTo(start + 48 * hour);
  const record = await system.world.handoffs.load(`${dealId}-1`);
  expect(record?.state.status).toBe('open');
  const merged = (fake as FakeHubspot | undefined)?.merge(other, dealId) ?? '';
  await system.clock.advanceTo(start + 49 * hour);
  if (crm.played) await missSome({ system, played: crm.played, won, alike: [merged, third] });
  stood.push({ name: 'hubspot', of: synthesized, up });
  await system.close();
}

/** A deal is won, and two are merged, of which no webhook gets through: the reconciler finds it. */
async function missSome({
  system,
  played,
  won,
  alike: [one, other],
}: {
  system: StoodUp['system'];
  played: PlayedCrm;
  won: string;
  alike: readonly [string, string];
}) {
  played.attach({
    handle: async () => ({ status: 503, headers: {}, body: Buffer.from('') }),
    publish: () => undefined,
  });
  const dealId = played.fake.put(sampleEvent('complete-standard').detail);
  played.fake.move(dealId, won);
  (played.fake as FakeHubspot).merge(one, other);
  await system.clock.advanceTo(system.clock.now() + hour);
  const Payload = JSON.stringify({ time: new Date(system.clock.now()).toISOString() });
  const call = new InvokeCommand({ FunctionName: 'handoff-sample-reconcile', Payload });
  const answer = await system.clients.lambda.send(call);
  expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toEqual({ outcome: 'put right', said: 2, left: 0 });
  await system.clock.settled();
  expect(await system.world.deals.episodes(dealId)).toEqual([`${dealId}-1`]);
}

/** For a day Lambda has no place for who reads the stream, which keeps no change for longer: what was given up is drained. */
async function playNoPlace(): Promise<void> {
  const synthesized = withCrm({ name: 'hubspot', account: '24681357', writeBack: ['status'] });
  const crm: { played?: ReturnType<typeof playCrm> } = {};
  const reader = 'handoff-sample-queue-write-backs';
  let isFull = true;
  const up = await standUp({
    ...{ synthesized, roster: people, start },
    faults: { next: ({ parameters }) => (isFull && parameters['FunctionName'] === reader ? 'throttled' : undefined) },
    crm: (clock) => {
      crm.played = playCrm('hubspot', { clock, siteUrl });
      return crm.played;
    },
  });
  const { clients, clock, account } = up.system;
  const { fake } = crm.played ?? {};
  const dealId = fake?.put(sampleEvent('complete-standard').detail) ?? '';
  fake?.move(dealId, fake.stages.find(({ phase }) => phase === 'won')?.id ?? '');
  const shown = () =>
    fake?.deals()[0]?.properties.find(({ label, writtenBack }) => writtenBack && label === 'Handoff status')?.text;
  await clock.advanceTo(start + 25 * hour);
  expect(account.deadLetters).toMatchObject([{ functionName: reader }]);
  isFull = false;
  await clock.advanceTo(start + 26 * hour);
  expect(shown()).toBeUndefined();
  const said: string[] = [];
  const drained = await drainQueues({
    queues: ['handoff-sample-undelivered'],
    call: queueCalls(clients.lambda),
    functions: functionCalls(clients.lambda),
    takerOf: () => undefined,
    say: (line) => said.push(line),
  });
  expect(drained).toEqual({ done: 1, left: 0 });
  expect(said).toEqual([
    expect.stringMatching(/^changes from 2026-11-17T.* to 2026-11-17T.*; of which handoffs is no longer known$/),
    '  died of  the function failed at them or could not be called for 23 hours: its log says why',
    '  became   all that are open queued (handoff-sample-queue-write-backs)',
  ]);
  await clock.advanceTo(start + 27 * hour);
  expect(shown()).toBe('open');
  stood.push({ name: 'no place', of: synthesized, up });
  await up.system.close();
}

/** Somebody who signs our own events sends one that is too large for the bus, and sends it again. */
async function playWebhook(): Promise<void> {
  const synthesized = withCrm({ name: 'webhook', account: 'own' });
  const webhookSecret = 'whsec_Y29sZC1zdGFydC1zZWNyZXQtMDE=';
  const up = await standUp({
    ...{ synthesized, roster: people, start },
    crm: (clock) => {
      const played = playCrm('hubspot', { clock, siteUrl });
      return { ...played, settings: { ...played.settings, secrets: { webhookSecret } } };
    },
  });
  const { system } = up;
  const event = sampleEvent('complete-standard');
  const pkg = Object(event.detail['package']);
  const large = { ...pkg, dealContext: { ...pkg.dealContext, objections: 'They worried. '.repeat(30_000) } };
  const body = Buffer.from(JSON.stringify({ ...event, detail: { ...event.detail, package: large } }));
  const seconds = String(start / 1000);
  const key = Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`msg_1.${seconds}.`).update(body).digest('base64');
  const send = (signed: string) =>
    system.account.handle({
      ...{ method: 'POST', path: '/crm/webhook', body },
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_1',
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${signed}`,
      },
    });
  expect((await send('bm90IG91cnM=')).status).toBe(401);
  expect((await send(signature)).status).toBe(200);
  expect((await send(signature)).status).toBe(200);
  system.account.queues.send(
    'handoff-sample-deals-heard',
    JSON.stringify({ source: 'handoff.heard', time: '2026-11-17T08:00:00Z', detail: { claim: 'gone' } }),
  );
  await system.clock.advanceTo(start + hour);
  expect(await system.world.deals.episodes('D-2026-1041')).toEqual(['D-2026-1041-1']);
  stood.push({ name: 'webhook', of: synthesized, up });
  await system.close();
}

describe('who speaks with the CRM', course, () => {
  beforeAll(async () => {
    await playHubspot();
    await playNoPlace();
    await playWebhook();
  });

  it('is allowed each call it makes', () => {
    expect(stood.flatMap(({ name, up }) => up.denied.map((call) => `${name}: ${call}`))).toEqual([]);
  });

  it('plays on', () => {
    for (const { name, up } of stood) {
      const { lambda, deadLetters } = up.system.account;
      expect({ name, failures: lambda.failures, deadLetters }).toEqual({ name, failures: [], deadLetters: [] });
    }
  });

  it('is allowed nothing that it never does', () => {
    const used = new Set<string>();
    const allowed = new Set<string>();
    for (const { of, up } of stood)
      for (const name of speakers) {
        if (
          of
            .ofType('AWS::Lambda::Function')
            .every(({ Properties }) => Properties['FunctionName'] !== `handoff-sample-${name}`)
        )
          continue;
        const role = roleOfFunction(of, `handoff-sample-${name}`);
        for (const grant of up.used.get(role) ?? []) used.add(`${name}: ${grant}`);
        for (const grant of grantsIn(rolesOf(of)[role] ?? [])) allowed.add(`${name}: ${grant}`);
      }
    // Logs are Lambda's own.
    const unused = [...allowed].filter((grant) => !used.has(grant) && !grant.includes(': logs:'));
    expect(unused).toEqual([]);
  });
});
