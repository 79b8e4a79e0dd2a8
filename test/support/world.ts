import { paginateScan } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { onTestFinished } from 'vitest';
import { handoffIdOf } from '../../functions/domain/deal/deal.ts';
import type { HandoffRecord } from '../../functions/domain/handoff/handoff.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../functions/domain/time/calendar.ts';
import type { World } from '../../functions/ports/world.ts';
import { createClock } from '../../infra/account/clock.ts';
import type { Limits } from '../../infra/account/limits.ts';
import type { Mail } from '../../infra/account/ses/mail.ts';
import { fillIn } from '../../infra/local/play/answers.ts';
import { asksIn } from '../../infra/local/play/asks-in-mail.ts';
import { knownCustomer } from '../../infra/local/play/known-customer.ts';
import { formFor, nextStepsOn } from '../../infra/local/play/page-form.ts';
import { createSystem, type System } from '../../infra/local/system.ts';
import { type DealEvent, dealOf, roster, sampleDeal } from './deals.ts';
import { packageRules } from './package-rules.ts';
import { full } from './playbooks/full.ts';

const deal = sampleDeal('complete-standard');
const customer = knownCustomer({ deal, package: deal.package, playbook: packageRules() });

export const siteUrl = 'http://handoff.example.com';

export interface OpenSystem extends System {
  /** The clock as an instant, UTC. */
  readonly now: () => Instant;
  readonly mails: () => readonly Mail[];
  /** Puts an event on the bus and waits until what it set off has come to rest. */
  put(event: DealEvent): Promise<void>;
  /** Puts a deal on the bus, and returns the id of its handoff. */
  win(event: DealEvent): Promise<string>;
  load(id: string): Promise<HandoffRecord>;
  status(id: string): Promise<{ readonly status: string; readonly error?: string; readonly cause?: string }>;
  /** Lets time pass until an instant. */
  until(at: Instant): Promise<void>;
  /** The path of the newest link that somebody has by mail, or else from a page, about a step if one is named: `/s/…`. */
  linkOf(email: string, step?: string): string;
  get(path: string): Promise<Answer>;
  /** Fills in the form of a choice on the page behind a link, and sends it; what is not said is filled in as a person would. */
  submit(path: string, choice: string, evidence?: Filled): Promise<Answer>;
  /** Answers the newest mail that asked somebody about a step. */
  answer(email: string, step: string, choice: string, evidence?: Filled): Promise<Answer>;
  /** Sends a form as it is. */
  post(path: string, form: URLSearchParams, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Everything in the table, sorted by key. */
  dump(): Promise<readonly Record<string, unknown>[]>;
}

/** What is typed into fields, by name. */
type Filled = Readonly<Record<string, string | readonly string[]>>;

interface Answer {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** Friday 20 November 2026, 16:00 in Berlin. */
const fridayAfternoon = '2026-11-20T15:00:00Z';

const noLimits: Omit<Limits, 'admit'> = {
  occupy: () => ({ milliseconds: 0, free: () => undefined }),
  pace: () => 0,
};

/** The whole system for one test, its clock standing; handoffs follow the fixture playbook unless another is given; closed when the test ends. */
export async function openSystem(
  options: {
    readonly at?: Instant;
    readonly roster?: readonly Person[];
    readonly playbook?: Playbook;
    /** Of the stage; the usual one unless given. */
    readonly locale?: string;
    /** Whatever recurs happens, reports among it. */
    readonly recurs?: boolean;
    /** Of the stage; all is kept unless given. */
    readonly retentionMonths?: number;
    /** The text of another state machine than the playbook's. */
    readonly definition?: string;
    /** What AWS refuses of the calls made of it; nothing unless given. */
    readonly refused?: Limits['admit'];
  } = {},
): Promise<OpenSystem> {
  const clock = createClock({ start: Date.parse(options.at ?? fridayAfternoon) });
  const system = await createSystem({
    clock,
    roster: options.roster ?? roster(),
    siteUrl,
    playbook: options.playbook ?? full,
    ...(options.locale !== undefined && { locale: options.locale }),
    ...(options.retentionMonths !== undefined && { retentionMonths: options.retentionMonths }),
    ...(options.recurs && { recurs: true }),
    ...(options.definition !== undefined && { definition: options.definition }),
    ...(options.refused && { account: { limits: { ...noLimits, admit: options.refused } } }),
  });
  onTestFinished(() => system.close());
  const { account, clients, world } = system;

  /** The next steps that pages have offered so far. */
  const offered: ReturnType<typeof nextStepsOn> = [];

  const send = async (request: {
    method: string;
    path: string;
    body?: string;
    headers?: Readonly<Record<string, string>>;
  }): Promise<Answer> => {
    const { status, headers, body } = await account.handle({
      method: request.method,
      path: request.path,
      headers: { host: 'handoff.example.com', ...request.headers },
      body: Buffer.from(request.body ?? ''),
    });
    await clock.settled();
    const html = Buffer.from(body).toString();
    offered.push(...nextStepsOn(html));
    return { status, headers, html };
  };
  const open: OpenSystem = {
    ...system,
    now: () => new Date(clock.now()).toISOString(),
    mails: () => account.inbox.mails,
    async put(event) {
      await clients.events.send(
        new PutEventsCommand({
          Entries: [
            {
              Source: event.source,
              DetailType: event['detail-type'],
              Detail: JSON.stringify(event.detail),
              ...(event.time !== undefined &&
                event['detail-type'] === 'Deal Changed' && { Time: new Date(event.time) }),
            },
          ],
        }),
      );
      await clock.settled();
    },
    async win(event) {
      await open.put(event);
      return handoffIdOf(dealOf(event));
    },
    load: (id) => loaded(world, id),
    async status(id) {
      const arn = `${system.stateMachineArn.replace(':stateMachine:', ':execution:')}:${id}`;
      const { status, error, cause } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
      return { status: String(status), ...(error && { error }), ...(cause && { cause }) };
    },
    until: (at) => clock.advanceTo(Date.parse(at)),
    linkOf(email, step) {
      const mailed = account.inbox.mails
        .filter(({ to }) => to.some(({ address }) => address === email))
        .flatMap(asksIn)
        .findLast((ask) => step === undefined || ask.step === step)?.link;
      const link = mailed ?? offered.findLast((next) => next.step === step)?.link;
      if (link === undefined) throw new Error(`${email} has no link about ${step ?? 'anything'}.`);
      return link;
    },
    get: (path) => send({ method: 'GET', path }),
    post: (path, form, headers = sameOrigin) =>
      send({
        method: 'POST',
        path,
        body: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    async submit(path, choice, evidence = {}) {
      const { html } = await open.get(path);
      const form = formFor(html, choice);
      const body = form
        ? fillIn({ form, evidence, customer, at: open.now(), zone: 'Europe/Berlin' })
        : new URLSearchParams({ ...hiddenFields(html), choice });
      return open.post(path, body);
    },
    answer: (email, step, choice, evidence) => open.submit(open.linkOf(email, step), choice, evidence),
    async dump() {
      const items: Record<string, unknown>[] = [];
      for await (const { Items = [] } of paginateScan({ client: clients.dynamodb }, { TableName: 'handoff' }))
        items.push(...Items.map((item) => unmarshall(item)));
      return items.sort((a, b) => (`${a['pk']}|${a['sk']}` < `${b['pk']}|${b['sk']}` ? -1 : 1));
    },
  };
  return open;
}

/** What a browser sends along from our own page. */
export const sameOrigin = { origin: siteUrl, 'sec-fetch-site': 'same-origin' } as const;

/** The nonce, the round and the versions of a page's forms, the meeting they are about, and what they showed of each field. */
export function hiddenFields(html: string): Record<string, string> {
  const found = [
    ...html.matchAll(
      /<input type="hidden" name="(nonce|round|packageVersion|meetingId|meetingVersion|(?:shown|offered):[^"]+)" value="([^"]*)">/g,
    ),
  ];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

async function loaded(world: Pick<World, 'handoffs'>, id: string): Promise<HandoffRecord> {
  const record = await world.handoffs.load(id);
  if (!record) throw new Error(`There is no handoff ${id}.`);
  return record;
}
