import { isRecord } from '../domain/fields/record.ts';
import type { Decision, StepRecord } from '../domain/handoff/step-record.ts';
import type { Standing, Steps } from '../ports/steps.ts';
import type { Item, Table } from './dynamodb.ts';
import { packedText } from './packed-text.ts';
import { keptDecision, openStepKey, roundsIn, stepItem, stepOf, tokenOf } from './step-items.ts';
import { openWork, partition, sort } from './table.ts';

const isOpenRound = 'attribute_exists(pk) AND attribute_not_exists(choice) AND #round = :round';

/** The steps of handoffs: an item for the round that stands, and one for each that is over. */
export function stepRecords(table: Table): Steps {
  /** A step as it stands; undefined where it was never opened. */
  async function standing(id: string, step: string): Promise<StepRecord | undefined> {
    const pk = partition.handoff(id);
    const item = await table.get({ pk, sk: sort.step(step) });
    if (!item) return undefined;
    const rounds =
      Number(item['round']) > 1
        ? await table.query({
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :rounds)',
            values: { ':pk': pk, ':rounds': sort.rounds(step) },
            ConsistentRead: true,
          })
        : [];
    return stepOf(step, item, rounds);
  }

  /**
   * What is over is written before the next round opens: interrupted between the two, the step stands in the round before, and
   * the same is written once more. Steps of earlier deploys have all their rounds in their own item until then.
   */
  async function keepRounds(id: string, { step, earlier }: StepRecord): Promise<void> {
    const pk = partition.handoff(id);
    const item = (await table.get({ pk, sk: sort.step(step) })) ?? {};
    const inItem = new Set(roundsIn(item).map(({ round }) => round));
    const stands = Number(item['round'] ?? 0);
    for (const each of earlier.filter(({ round }) => round >= stands || inItem.has(round)))
      await table.put({
        pk,
        sk: sort.round(step, each.round),
        round: each.round,
        record: packedText(JSON.stringify(each)),
      });
  }

  return {
    async openOf(email) {
      const items = await table.query({
        IndexName: openWork.name,
        KeyConditionExpression: `${openWork.partitionKey} = :owner AND begins_with(${openWork.sortKey}, :step)`,
        values: { ':owner': email, ':step': 'STEP#' },
      });
      const [handoff, step] = [partition.handoff(''), sort.step('')];
      return items.map(({ pk, sk }) => ({
        id: String(pk).slice(handoff.length),
        step: String(sk).slice(step.length),
      }));
    },

    async open(id, step) {
      const key = { pk: partition.handoff(id), sk: sort.step(step.step) };
      if (step.earlier.length > 0) await keepRounds(id, step);
      const opened = await table.put(
        { ...key, ...stepItem(id, step) },
        {
          ConditionExpression: 'attribute_not_exists(#round) OR #round < :round',
          ExpressionAttributeNames: { '#round': 'round' },
          values: { ':round': step.round },
        },
      );
      return opened ? step : ((await standing(id, step.step)) ?? step);
    },

    async decide({ id, step, round, decision, exceptions, standing }) {
      const key = { pk: partition.handoff(id), sk: sort.step(step) };
      const kept = { ...keptDecision(decision), ...(exceptions && { exceptionRequests: JSON.stringify(exceptions) }) };
      const decided = await table.update(key, {
        UpdateExpression: `SET ${Object.keys(kept)
          .map((name) => `${name} = :${name}`)
          .join(', ')} REMOVE mailHeldUntil, ${openWork.partitionKey}, ${openWork.sortKey}`,
        ConditionExpression: `${isOpenRound}${stillStands(standing)}`,
        ExpressionAttributeNames: { '#round': 'round' },
        values: {
          ':round': round,
          ...standingValue(standing),
          ...Object.fromEntries(Object.entries(kept).map(([name, value]) => [`:${name}`, value])),
        },
      });
      if (decided) return { decided: true, ...tokenOf(decided) };
      const item = await table.get(key);
      const stands = item && stepOf(step, item);
      const first = stands?.decision;
      // One's own, though the answer to the write was lost.
      if (item && first && stands.round === round && isSame(first, decision))
        return { decided: true, ...tokenOf(item) };
      return { decided: false, ...(first && { first }) };
    },

    async handOver({ id, step, round, from, change }) {
      const set: Item = {
        ...change,
        [openWork.partitionKey]: change.owner,
        [openWork.sortKey]: openStepKey(id, step, change.dueAt),
      };
      const names = Object.keys(set);
      const remove = ['mailHeldUntil', ...(change.standInFor === undefined ? ['standInFor'] : [])];
      const key = { pk: partition.handoff(id), sk: sort.step(step) };
      const changed =
        (await table.update(key, {
          UpdateExpression: `SET ${names.map((_, i) => `#n${i} = :v${i}`).join(', ')}, ${keepFirst('#owner')}, ${keepFirst('because')} REMOVE ${remove.join(', ')}`,
          ConditionExpression: `${isOpenRound} AND #owner = :from`,
          ExpressionAttributeNames: {
            '#round': 'round',
            '#owner': 'owner',
            ...Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
          },
          values: {
            ':round': round,
            ':from': from,
            ...unsaid,
            ...Object.fromEntries(names.map((name, i) => [`:v${i}`, set[name]])),
          },
        })) ?? (await standsAs(table, key, { ...set, round }));
      return changed ? { changed: true, ...tokenOf(changed) } : { changed: false };
    },

    async change({ id, step, round, change, standing }) {
      const set: Item = {
        ...(change.askedAt && { askedAt: change.askedAt }),
        ...(change.dueAt && { dueAt: change.dueAt, [openWork.sortKey]: openStepKey(id, step, change.dueAt) }),
        ...(change.because && { because: change.because }),
        ...(change.promisedAt && { promisedAt: change.promisedAt }),
        ...(change.promise && { promise: change.promise }),
        ...(change.pauses && { pauses: JSON.stringify(change.pauses) }),
        ...(change.exceptions && { exceptionRequests: JSON.stringify(change.exceptions) }),
      };
      const names = Object.keys(set);
      const key = { pk: partition.handoff(id), sk: sort.step(step) };
      const changed =
        (await table.update(key, {
          UpdateExpression: `SET ${names.map((_, i) => `#n${i} = :v${i}`).join(', ')}${change.because === undefined ? '' : `, ${keepFirst('because')}`}`,
          ConditionExpression: `${isOpenRound}${stillStands(standing)}`,
          ExpressionAttributeNames: {
            '#round': 'round',
            ...Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
          },
          values: {
            ':round': round,
            ...standingValue(standing),
            ...(change.because !== undefined && unsaid),
            ...Object.fromEntries(names.map((name, i) => [`:v${i}`, set[name]])),
          },
        })) ?? (await standsAs(table, key, { ...set, round }));
      return changed ? { changed: true, ...tokenOf(changed) } : { changed: false };
    },
  };
}

/**
 * What the trail says of the ask stays as it was first: what an expression names is what stood before it. Where the reason does not
 * stand by itself, it is kept with the ask already, and nothing is said here.
 */
const firstOf = { '#owner': 'firstOwner', because: 'firstBecause' } as const;
const keepFirst = (name: keyof typeof firstOf): string =>
  `${firstOf[name]} = if_not_exists(${firstOf[name]}, if_not_exists(${name}, :unsaid))`;
const unsaid = { ':unsaid': '' } as const;

/** The open step, if it stands already as it was to be written: the answer to one's own write was lost. */
async function standsAs(table: Table, key: Item, wanted: Item): Promise<Item | undefined> {
  const item = await table.get(key);
  if (!item || item['choice'] !== undefined) return undefined;
  return Object.entries(wanted).every(([name, value]) => inOrder(item[name]) === inOrder(value)) ? item : undefined;
}

/** A value as text, whatever the order of its members. */
const inOrder = (value: unknown): string =>
  JSON.stringify(isRecord(value) ? Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)) : value);

const isSame = (one: Decision, other: Decision): boolean =>
  one.choice === other.choice && one.by === other.by && one.at === other.at && one.form === other.form;

/** What somebody else may have changed since it was read. */
const stillStands = (standing: Standing | undefined): string => {
  if (!standing) return '';
  return standing.exceptions.length === 0
    ? ' AND attribute_not_exists(exceptionRequests)'
    : ' AND exceptionRequests = :standing';
};

const standingValue = (standing: Standing | undefined): Item =>
  standing && standing.exceptions.length > 0 ? { ':standing': JSON.stringify(standing.exceptions) } : {};
