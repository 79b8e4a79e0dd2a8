import fc from 'fast-check';
import { connectorOf } from '../../../functions/crm/connectors.ts';
import { mapProperties, type PropertyRule } from '../../../functions/crm/mapping.ts';
import { parseDealEvent, parseDealStopped } from '../../../functions/domain/deal/deal.ts';
import { parseSaidDeal } from '../../../functions/domain/deal/said-deal.ts';
import { isRecord, recordOf } from '../../../functions/domain/fields/record.ts';
import type { CrmDeal } from '../../../functions/ports/crm.ts';
import type { CrmAnswer, CrmHttp } from '../../../functions/ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../../functions/ports/errors.ts';
import type { Heard } from '../../../functions/ports/webhooks.ts';
import { movesOf } from '../../../functions/verbs/deal-moves.ts';
import { sampleEvent } from '../sample-company.ts';
import { mutated, mutatedText, personal } from './mutations.ts';
import { type Answered, askedAs, callCrm, type Recorded, soldAt, written } from './recorded.ts';
import { type FuzzTarget, targetOf } from './target.ts';

/** Texts about people, which no error and no note may repeat. */
const people = ['Ottilie Brandt', personal, ...emailsIn(JSON.stringify(sampleEvent('complete-standard')))];

function emailsIn(text: string): readonly string[] {
  return text.match(/[\w.]+@[\w.]+/g) ?? [];
}

/** Which of them a text repeats. */
export const namedIn = (text: string): string | undefined => people.find((each) => text.includes(each));

/** What is wrong with an error, where only the two of a CRM are to be. */
function errorProblem(error: unknown, secrets: readonly string[]): string | undefined {
  if (!(error instanceof CrmUnavailable || error instanceof CrmAccessRefused))
    return `It throws ${error instanceof Error ? `${error.name}: ${error.message}` : 'what is no error'}.`;
  const told = namedIn(error.message) ?? secrets.find((secret) => error.message.includes(secret));
  return told === undefined ? undefined : `Its error tells what it must not: ${error.message}`;
}

const isInstant = (text: unknown): boolean =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(text) && !Number.isNaN(Date.parse(text));

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

const isId = (text: unknown): boolean => typeof text === 'string' && /^\w{1,20}$/.test(text);

/** How a CRM's reader of webhooks, or of its own bus, takes anything. */
export function hearTarget(name: string, { said }: Pick<Recorded, 'said'>): FuzzTarget {
  const { hear } = connectorOf(name);
  return targetOf(mutated(said), (input) => heardProblem(hear(input)));
}

function heardProblem(heard: Heard): string | undefined {
  if (!('signals' in heard)) return undefined;
  const odd = heard.signals.find(
    ({ account, dealId, at, key, what, mergedInto }) =>
      account === '' ||
      key === '' ||
      !isId(dealId) ||
      !isInstant(at) ||
      (what === 'merged') !== (mergedInto !== undefined) ||
      (mergedInto !== undefined && !isId(mergedInto)),
  );
  return odd && `It hears a signal that is none: ${JSON.stringify(odd)}`;
}

/** What CRMs say when they refuse something, somebody's data in it. */
const refusals = [
  {
    status: 'error',
    category: 'VALIDATION_ERROR',
    message: `Property values were not valid: [{"isValid":false,"message":"${personal} was not one of the options","error":"INVALID_OPTION","name":"handoff_owner"}]`,
    errors: [{ message: `Ottilie Brandt is too long`, code: 'TOO_LONG', context: { propertyName: ['handoff_owner'] } }],
  },
  [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: `Ask ${personal} about Ottilie Brandt`, fields: [] }],
  { success: false, error: `Ottilie Brandt is none (${personal})`, error_info: 'See the documentation.' },
];

const statuses = [200, 201, 204, 207, 302, 400, 401, 402, 403, 404, 409, 410, 413, 422, 423, 429, 477, 500, 503];

const jsonText = (value: unknown): string => JSON.stringify(value);

function spoilt(answer: Answered): fc.Arbitrary<Answered> {
  const sample: unknown = answer.text === '' ? {} : JSON.parse(answer.text);
  return fc.record({
    asked: fc.constant(answer.asked),
    status: fc.oneof({ weight: 3, arbitrary: fc.constant(answer.status) }, fc.constantFrom(...statuses)),
    text: fc.oneof(
      { weight: 6, arbitrary: mutated([sample]).map(jsonText) },
      { weight: 2, arbitrary: mutated(refusals).map(jsonText) },
      { weight: 2, arbitrary: mutatedText([answer.text, '<html>busy</html>', '']) },
    ),
  });
}

/** How a CRM's connector takes answers, when some of them are none. */
export function answersTarget(name: string, { settings, secrets, calls }: Recorded): FuzzTarget {
  const inputs = calls.map(({ call, dealId, answers }) => {
    const given = answers.map((each) =>
      fc.oneof({ weight: 3, arbitrary: fc.constant(each) }, { weight: 2, arbitrary: spoilt(each) }),
    );
    return fc.record({ call: fc.constant(call), dealId: fc.constant(dealId), answers: fc.tuple(...given) });
  });
  return targetOf(fc.oneof(...inputs), async ({ call, dealId, answers }) => {
    const http = answering(answers);
    const crm = connectorOf(name).connect({ settings, secrets: async () => [secrets], http });
    let found: unknown;
    try {
      found = await callCrm(crm, call, dealId);
    } catch (error) {
      return errorProblem(error, Object.values(secrets));
    }
    return resultProblem(found);
  });
}

/** Answers each request as the next of those to the same method and path; the last of them goes on. */
function answering(answers: readonly Answered[]): CrmHttp {
  const used = new Map<string, number>();
  return async (request): Promise<CrmAnswer> => {
    const asked = askedAs(request);
    const known = answers.filter((each) => each.asked === asked);
    const next = used.get(asked) ?? 0;
    used.set(asked, next + 1);
    const { status, text } = known[next] ?? known.at(-1) ?? { status: 404, text: '' };
    return { status, headers: {}, text };
  };
}

function listProblem(deals: readonly unknown[]): string | undefined {
  const odd = deals.map(recordOf).find(({ dealId, changedAt }) => !isId(dealId) || !isInstant(changedAt));
  return odd && `It lists what is no deal: ${JSON.stringify(odd)}`;
}

function resultProblem(found: unknown): string | undefined {
  if (found === 'written' || found === 'gone') return undefined;
  if (Array.isArray(found)) return listProblem(found);
  const { deal, gone, mergedInto, deals, next, refused } = recordOf(found);
  if (isRecord(deal)) return dealProblem(deal as unknown as CrmDeal);
  if (typeof gone === 'string') return namedIn(gone) && `It says somebody's data: ${gone}`;
  if (mergedInto !== undefined) return isId(mergedInto) ? undefined : `It is merged into no id: ${mergedInto}`;
  if (Array.isArray(deals)) {
    const problem = listProblem(deals);
    return problem ?? (next === undefined || next !== '' ? undefined : 'The next page has no name.');
  }
  if (typeof refused !== 'string' || refused === '') return `It brings something else: ${JSON.stringify(found)}`;
  const told = namedIn(refused) ?? Object.values(written).find((value) => refused.includes(String(value)));
  return told === undefined ? undefined : `A refusal repeats "${told}": ${refused}`;
}

/** A deal that was read has to be one that can be told of. */
function dealProblem(deal: CrmDeal): string | undefined {
  const { dealId, wonAt, expectedCloseOn, changedAt, notes } = deal;
  if (!isId(dealId)) return `Its id is none: ${dealId}`;
  if (!isInstant(changedAt)) return `Nobody knows when it changed: ${changedAt}`;
  if (wonAt !== undefined && !isInstant(wonAt) && !isDay(wonAt)) return `It was won at ${wonAt}.`;
  if (expectedCloseOn !== undefined && !isDay(expectedCloseOn)) return `It closes on ${expectedCloseOn}.`;
  const told = notes.find(namedIn);
  if (told !== undefined) return `A note says somebody's data: ${told}`;
  for (const phase of ['won', 'proposed', undefined] as const) {
    const before = phase && { phase, facts: '', at: soldAt, outbox: [] };
    for (const { source, detailType, detail, at } of movesOf({ dealId, read: { deal }, at: soldAt }, before, String)
      .seen.outbox) {
      if (!isInstant(at)) return `It is told at ${at}.`;
      const event: unknown = JSON.parse(JSON.stringify({ source, 'detail-type': detailType, detail }));
      parseDealEvent(event, at);
      parseSaidDeal(event);
      parseDealStopped(event);
    }
  }
  return undefined;
}

/** How properties of any kind are mapped by a CRM's rules. */
export function mappingTarget(rules: readonly PropertyRule[]): FuzzTarget {
  const names = rules.flatMap(({ property, currency }) => [property, ...(currency === undefined ? [] : [currency])]);
  const sample = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
  const inputs = mutated([sample('a; b'), sample(12), sample('2026-11-20'), sample(personal)]);
  return targetOf(inputs, (input) => {
    const { facts, notes } = mapProperties(recordOf(input), rules);
    const told = notes.find((note) => note.includes(personal));
    if (told !== undefined) return `A note says somebody's data: ${told}`;
    const odd = leavesOf(facts).find((leaf) => typeof leaf !== 'string' && typeof leaf !== 'number');
    return odd === undefined ? undefined : `An answer is neither text nor number: ${JSON.stringify(odd)}`;
  });
}

const leavesOf = (value: unknown): readonly unknown[] =>
  isRecord(value) ? Object.values(value).flatMap(leavesOf) : [value];
