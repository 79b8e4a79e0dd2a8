import { isRecord } from '../domain/fields/record.ts';
import type { Evidence } from '../domain/fields/values.ts';
import type { Handing } from '../domain/handoff/handing.ts';
import type { AskSaid, Decision, EarlierRound, StepRecord } from '../domain/handoff/step-record.ts';
import type { Item } from './dynamodb.ts';
import { instantKey } from './item-keys.ts';
import { shortText, textIn } from './packed-text.ts';
import { openWork } from './table.ts';

// A step's item is read with every look at its handoff, and written, and billed, whole. It stays below 1 KB, what one write unit pays for,
// while the execution's token of some 700 characters stands in it: what the ask and the decision say is kept in few bytes.

/** Where an open step stands among its owner's, by when it is due. */
export const openStepKey = (id: string, step: string, dueAt: string): string =>
  `STEP#${instantKey(dueAt)}#${id}#${step}`;

/** The token of the execution that waits for the step. */
export const tokenOf = (item: Item): { token?: string } =>
  typeof item['taskToken'] === 'string' ? { token: item['taskToken'] } : {};

/** A step as its round begins, without its keys. */
export function stepItem(id: string, step: StepRecord): Item {
  const {
    decision: _decision,
    token: _token,
    pauses,
    earlier: _earlier,
    exceptions,
    item,
    step: _step,
    askedAt,
    promisedAt,
    promise,
    dueAt,
    because,
    askSaid,
    ...flat
  } = step;
  const promised = promise === promisedAsDue(step) ? { promiseIsDue: true } : { promise };
  return {
    ...flat,
    asked: shortText(JSON.stringify({ askedAt, promisedAt, ...promised, dueAt, because, askSaid })),
    ...(exceptions && { exceptionRequests: JSON.stringify(exceptions) }),
    ...(item && { item: JSON.stringify(item) }),
    ...(pauses.length > 0 && { pauses: JSON.stringify(pauses) }),
    [openWork.partitionKey]: step.owner,
    [openWork.sortKey]: openStepKey(id, step.step, step.dueAt),
  };
}

/** An item as its round began, where that stands in few bytes; what was changed since stands beside it, and counts. */
function unpacked(item: Item): Item {
  if (item['asked'] === undefined) return item;
  const asked = JSON.parse(textIn(item['asked'])) as Item;
  return { ...asked, ...item, firstBecause: asked['because'] };
}

/** The members that are there. */
const textsIn = <Name extends string>(item: Item, names: readonly Name[]): Partial<Record<Name, string>> =>
  Object.fromEntries(
    names.flatMap((name) => (item[name] === undefined ? [] : [[name, String(item[name])]])),
  ) as Partial<Record<Name, string>>;

/** The rounds before the one that stands, as far as they are in its item. */
export const roundsIn = (item: Item): readonly EarlierRound[] => JSON.parse(String(item['earlier'] ?? '[]'));

/** Every round that is over, first to last. One that stands, too, is being left at this moment. */
function earlierOf(item: Item, rounds: readonly Item[]): readonly EarlierRound[] {
  const apart = rounds.map(({ record }): EarlierRound => JSON.parse(textIn(record)));
  const known = new Map([...roundsIn(item), ...apart].map((each) => [each.round, each]));
  return [...known.values()]
    .filter(({ round }) => round < Number(item['round']))
    .sort((one, other) => one.round - other.round);
}

/**
 * A step, with the items of its rounds that are over. Undefined for an item that is no step: executions of an earlier deploy
 * left a token where nobody had been asked.
 */
export function stepOf(step: string, written: Item, rounds: readonly Item[] = []): StepRecord | undefined {
  if (written['round'] === undefined || written['owner'] === undefined) return undefined;
  const item = unpacked(written);
  const decision = decisionIn(item);
  const { because, firstBecause = because } = item;
  return {
    step,
    round: Number(item['round']),
    owner: String(item['owner']),
    askedAt: String(item['askedAt']),
    ...(item['promiseIsDue'] === true && { promise: promisedAsDue({ because: String(firstBecause) }) }),
    ...textsIn(item, ['standInFor', 'openedAt', 'promisedAt', 'promise', 'mailHeldUntil']),
    ...(isRecord(item['askSaid']) && { askSaid: askSaidOf(item, item['askSaid']) }),
    ...(item['handed'] !== undefined && { handed: item['handed'] as Handing }),
    dueAt: String(item['dueAt']),
    because: String(because),
    pauses: JSON.parse(String(item['pauses'] ?? '[]')),
    earlier: earlierOf(item, rounds),
    ...(decision && { decision }),
    ...(typeof item['exceptionRequests'] === 'string' && { exceptions: JSON.parse(item['exceptionRequests']) }),
    ...(typeof item['item'] === 'string' && { item: JSON.parse(item['item']) }),
    ...tokenOf(item),
  };
}

function askSaidOf({ owner, because, firstOwner = owner, firstBecause = because }: Item, said: Item): AskSaid {
  return {
    ...(said as unknown as AskSaid),
    ...(firstOwner !== owner && { owner: String(firstOwner) }),
    ...(firstBecause !== because && { because: String(firstBecause) }),
  };
}

/** How a promise explains itself that is the due time itself. Most are: the text is kept once. */
const promisedAsDue = ({ because }: Pick<StepRecord, 'because'>): string => because.replace(/^due /, 'promised ');

/** A decision as it is kept, by the names of attributes: the state machine reads the choice, and numbers in the evidence. */
export function keptDecision({ choice, evidence, ...decision }: Decision): Item {
  const isNumber = ([, value]: readonly [string, unknown]) => typeof value === 'number';
  const all = Object.entries(evidence);
  const numbers = Object.fromEntries(all.filter(isNumber));
  const others = Object.fromEntries(all.filter((each) => !isNumber(each)));
  return {
    choice,
    ...(Object.keys(numbers).length > 0 && { evidence: numbers }),
    decided: shortText(JSON.stringify({ ...decision, evidence: others })),
  };
}

function decisionIn(item: Item): Decision | undefined {
  const { choice, decided } = item;
  if (typeof choice !== 'string') return undefined;
  if (decided === undefined) return earlierDecisionIn(choice, item);
  const { evidence, ...decision }: Omit<Decision, 'choice'> = JSON.parse(textIn(decided));
  return { choice, ...decision, evidence: { ...(item['evidence'] as Evidence), ...evidence } };
}

/** A decision as earlier deploys wrote it. */
const earlierDecisionIn = (choice: string, item: Item): Decision => ({
  choice,
  by: String(item['decidedBy']),
  as: item['decidedAs'] as Decision['as'],
  at: String(item['decidedAt']),
  evidence: {
    ...(item['evidence'] as Evidence),
    ...(item['evidenceTexts'] !== undefined && JSON.parse(textIn(item['evidenceTexts']))),
  },
  ...(typeof item['decidedForm'] === 'string' && { form: item['decidedForm'] }),
  ...(typeof item['decidedSaid'] === 'string' && { said: item['decidedSaid'] }),
});
