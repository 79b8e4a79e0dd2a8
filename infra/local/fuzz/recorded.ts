import { connectorOf } from '../../../functions/crm/connectors.ts';
import type { Crm } from '../../../functions/ports/crm.ts';
import type { CrmAnswer, CrmRequest, CrmSecrets, CrmSettings } from '../../../functions/ports/crm-access.ts';
import { createClock } from '../../account/clock.ts';
import { bodyText } from '../../account/wire/message.ts';
import { playCrm } from '../crm/played-crm.ts';
import type { PlayedName } from '../crm/played-names.ts';
import { sampleEvent } from '../sample-company.ts';

/** An answer of a CRM, with what it was asked: method and path, without the query. */
export interface Answered extends Pick<CrmAnswer, 'status' | 'text'> {
  readonly asked: string;
}

/** A call of port `Crm`, with all that the CRM answered meanwhile. */
export interface RecordedCall {
  readonly call: keyof Crm;
  readonly dealId: string;
  readonly answers: readonly Answered[];
}

/** What a played CRM said while deals were sold in it. */
export interface Recorded {
  readonly settings: CrmSettings;
  readonly secrets: CrmSecrets;
  /** Webhooks as they were sent. */
  readonly webhooks: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[];
  /** Their bodies, or what came on the partner bus. */
  readonly said: readonly unknown[];
  readonly calls: readonly RecordedCall[];
}

/** What is written in the calls: of somebody, and in no error. */
export const written = { status: 'Waits for Ottilie Brandt', owner: 'Ottilie Brandt', score: 87 } as const;

/** When deals are sold in the recording. */
export const soldAt = '2026-11-17T08:00:00.000Z';

/** Calls a method of the port as the recording does. */
export const callCrm = (crm: Crm, call: keyof Crm, dealId: string): Promise<unknown> => {
  switch (call) {
    case 'readDeal':
      return crm.readDeal(dealId);
    case 'dealStates':
      return crm.dealStates([dealId]);
    case 'wonSince':
      return crm.wonSince('2026-11-01T00:00:00Z');
    case 'write':
      return crm.write(dealId, written);
    case 'addNote':
      return crm.addNote(dealId, { text: 'Ottilie Brandt\nsigned off', at: soldAt });
  }
};

export const askedAs = ({ method, url }: Pick<CrmRequest, 'method' | 'url'>): string =>
  `${method} ${new URL(url).pathname}`;

/** Sells deals in a played CRM: one is won, one lost, one deleted; and asks it for them. */
export async function recorded(name: PlayedName): Promise<Recorded> {
  const clock = createClock({ start: Date.parse(soldAt) });
  const siteUrl = 'http://handoff.example.com';
  const played = playCrm(name, { clock, siteUrl });
  const webhooks: Recorded['webhooks'][number][] = [];
  const events: unknown[] = [];
  played.attach({
    handle: async ({ headers, body }) => {
      webhooks.push({ headers, body: bodyText(body) });
      return { status: 200, headers: {}, body: Buffer.alloc(0) };
    },
    publish: (event) => {
      events.push(event);
    },
  });
  const { fake } = played;
  const stage = (phase: string) => fake.stages.find((each) => each.phase === phase)?.id ?? '';
  const [won, lost, removed] = ['complete-standard', 'incomplete', 'enterprise-across-zones'] as const;
  const ids = [won, lost, removed].map((sample) => fake.put(sampleEvent(sample).detail));
  const [wonId = '', lostId = '', removedId = ''] = ids;
  await clock.advanceTo(clock.now() + 60_000);
  fake.move(wonId, stage('won'));
  fake.move(lostId, stage('lost'));
  fake.remove(removedId);
  await clock.advanceTo(clock.now() + 600_000);

  const { account, apiUrl, secrets, http } = played.settings;
  const settings = { account, apiUrl, webhookUrl: `${siteUrl}/crm/${name}` };
  const record = async (call: keyof Crm, dealId: string): Promise<RecordedCall> => {
    const answers: Answered[] = [];
    const crm = connectorOf(name).connect({
      settings,
      secrets: async () => [secrets],
      http: async (request) => {
        const answer = await http(request);
        answers.push({ asked: askedAs(request), status: answer.status, text: answer.text });
        return answer;
      },
    });
    await callCrm(crm, call, dealId);
    return { call, dealId, answers };
  };
  // One after the other: whoever logs in to a CRM may end the session of another.
  const calls: RecordedCall[] = [];
  for (const id of ids) calls.push(await record('readDeal', id), await record('dealStates', id));
  for (const call of ['wonSince', 'write', 'addNote'] as const) calls.push(await record(call, wonId));
  const bodies = webhooks.map(({ body }): unknown => JSON.parse(body));
  return { settings, secrets, webhooks, said: [...bodies, ...events], calls };
}
