import { createHash } from 'node:crypto';
import type { Deal } from '../domain/deal/deal.ts';
import type {
  AuditEntry,
  Decision,
  Evidence,
  HandoffRecord,
  HandoffState,
  Link,
  StepRecord,
} from '../domain/handoff/handoff.ts';
import { isClosed } from '../domain/handoff/handoff.ts';
import type { FrozenPlaybook } from '../domain/playbook/playbook.ts';
import type { Handoffs } from '../ports.ts';
import type { Item, Table } from './dynamodb.ts';
import { mailOf, mailRecords } from './mail-records.ts';
import { firstAfterAudit, openWork, partition, sort, timeToLive } from './table.ts';

const linkKeptDays = 90;
const refusalKeptDays = 90;
/** Characters of an event that are kept, of up to three bytes each: an event may be large, an item at most 400 KB. */
const eventKept = 100_000;

/** The records in DynamoDB: every write is one conditional write on one item. */
export function handoffRecords(table: Table): Handoffs {
  const playbooks = new Map<string, FrozenPlaybook>();

  async function playbook(hash: string): Promise<FrozenPlaybook> {
    const known = playbooks.get(hash);
    if (known) return known;
    const item = await table.get({ pk: partition.playbook(hash), sk: sort.playbook });
    if (!item) throw new Error(`The frozen playbook ${hash} is missing from the table.`);
    const frozen = JSON.parse(String(item['playbook'])) as FrozenPlaybook;
    playbooks.set(hash, frozen);
    return frozen;
  }

  return {
    async storeDeal(id, deal, { notes, at }) {
      const episode = { pk: partition.deal(deal.dealId), sk: sort.episode(deal.wonEpisode) };
      await table.put({ ...episode, handoffId: id });
      const stored = await table.put(
        { pk: partition.handoff(id), sk: sort.deal, deal: JSON.stringify(deal), notes, at },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
      return stored ? 'stored' : 'exists';
    },

    async deal(id) {
      const item = await table.get({ pk: partition.handoff(id), sk: sort.deal });
      if (!item) return undefined;
      const { at } = item;
      return {
        deal: JSON.parse(String(item['deal'])) as Deal,
        notes: (item['notes'] ?? []) as string[],
        ...(typeof at === 'string' && { at }),
      };
    },

    async episodes(dealId) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.deal(dealId) },
        ConsistentRead: true,
      });
      return items.map((item) => String(item['handoffId']));
    },

    async storeRefusal({ event, refused, at }) {
      const text = JSON.stringify(event) ?? 'undefined';
      await table.put({
        pk: partition.refused,
        sk: `${instantKey(at)}#${digest(text)}`,
        event: text.slice(0, eventKept),
        refused: JSON.stringify(refused),
        at,
        [timeToLive]: epochSeconds(at) + refusalKeptDays * 86_400,
      });
    },

    async begin(state, frozen) {
      // Known ones are not put again: a refused write is billed by the size of what stands, and all handoffs share this key.
      if (!playbooks.has(state.playbookHash)) {
        await table.put(
          { pk: partition.playbook(state.playbookHash), sk: sort.playbook, playbook: JSON.stringify(frozen) },
          { ConditionExpression: 'attribute_not_exists(pk)' },
        );
        playbooks.set(state.playbookHash, frozen);
      }
      const key = { pk: partition.handoff(state.id), sk: sort.handoff };
      const begun = await table.put(
        { ...key, ...stateItem(state) },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
      if (begun) return state;
      const item = await table.get(key);
      return item ? stateOf(state.id, item) : state;
    },

    async load(id) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk >= :first',
        values: { ':pk': partition.handoff(id), ':first': firstAfterAudit },
        ConsistentRead: true,
      });
      const bySort = new Map(items.map((item) => [String(item['sk']), item]));
      const [dealItem, stateItem] = [bySort.get(sort.deal), bySort.get(sort.handoff)];
      if (!dealItem || !stateItem) return undefined;
      const deal = JSON.parse(String(dealItem['deal'])) as Deal;
      const state = stateOf(id, stateItem);
      const pkg = bySort.get(sort.package);
      const record: HandoffRecord = {
        deal,
        package: pkg ? JSON.parse(String(pkg['package'])) : deal.package,
        packageVersion: Number(pkg?.['version'] ?? 0),
        state,
        playbook: await playbook(state.playbookHash),
        steps: Object.fromEntries(under('STEP#', items).map(([step, item]) => [step, stepOf(step, item)])),
        mails: Object.fromEntries(under('MAIL#', items).map(([key, item]) => [key, mailOf(key, item)])),
      };
      return record;
    },

    async openStep(id, step) {
      const key = { pk: partition.handoff(id), sk: sort.step(step.step) };
      const opened = await table.put(
        { ...key, ...stepItem(id, step) },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR #round < :round',
          ExpressionAttributeNames: { '#round': 'round' },
          values: { ':round': step.round },
        },
      );
      if (opened) return step;
      const item = await table.get(key);
      return item ? stepOf(step.step, item) : step;
    },

    async decide({ id, step, round, decision }) {
      const key = { pk: partition.handoff(id), sk: sort.step(step) };
      const decided = await table.update(key, {
        UpdateExpression: `SET choice = :choice, decidedBy = :by, decidedAs = :as, decidedAt = :at, evidence = :evidence REMOVE ${openWork.partitionKey}, ${openWork.sortKey}`,
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(choice) AND #round = :round',
        ExpressionAttributeNames: { '#round': 'round' },
        values: {
          ':choice': decision.choice,
          ':by': decision.by,
          ':as': decision.as,
          ':at': decision.at,
          ':evidence': decision.evidence,
          ':round': round,
        },
      });
      if (decided) return { decided: true, ...tokenOf(decided) };
      const item = await table.get(key);
      const first = item && stepOf(step, item).decision;
      return { decided: false, ...(first && { first }) };
    },

    async changeStep({ id, step, round, change }) {
      const set: Item = {
        ...(change.owner && { owner: change.owner, [openWork.partitionKey]: change.owner }),
        ...(change.askedAt && { askedAt: change.askedAt }),
        ...(change.dueAt && { dueAt: change.dueAt, [openWork.sortKey]: openStepKey(id, step, change.dueAt) }),
        ...(change.because && { because: change.because }),
        ...(change.pauses && { pauses: JSON.stringify(change.pauses) }),
      };
      const names = Object.keys(set);
      const changed = await table.update(
        { pk: partition.handoff(id), sk: sort.step(step) },
        {
          UpdateExpression: `SET ${names.map((_, i) => `#n${i} = :v${i}`).join(', ')}`,
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(choice) AND #round = :round',
          ExpressionAttributeNames: {
            '#round': 'round',
            ...Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
          },
          values: { ':round': round, ...Object.fromEntries(names.map((name, i) => [`:v${i}`, set[name]])) },
        },
      );
      return changed ? { changed: true, ...tokenOf(changed) } : { changed: false };
    },

    async changePerson(id, role, email) {
      const owns = role === 'customerSuccessManager';
      await table.update(
        { pk: partition.handoff(id), sk: sort.handoff },
        {
          UpdateExpression: `SET people.#role = :email${owns ? `, ${openWork.partitionKey} = :email, ${openWork.sortKey} = :key` : ''}`,
          ConditionExpression: 'attribute_exists(pk) AND #status IN (:open, :stalled)',
          ExpressionAttributeNames: { '#role': role, '#status': 'status' },
          values: {
            ':email': email,
            ':open': 'open',
            ':stalled': 'stalled',
            ...(owns && { ':key': `HANDOFF#${id}` }),
          },
        },
      );
    },

    savePackage({ id, package: pkg, version, by, at }) {
      return table.put(
        {
          pk: partition.handoff(id),
          sk: sort.package,
          package: JSON.stringify(pkg),
          version: version + 1,
          savedBy: by,
          savedAt: at,
        },
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              values: { ':version': version },
            },
      );
    },

    async changeStatus({ id, from, to, at, reason, measures }) {
      const open = !isClosed(to);
      const sets = [
        '#status = :to',
        ...(reason ? ['reason = :reason'] : []),
        ...(measures ? ['measures = :measures'] : []),
      ];
      if (!open) sets.push('endedAt = :at');
      const removes = [...(reason ? [] : ['reason']), ...(open ? [] : [openWork.partitionKey, openWork.sortKey])];
      const changed = await table.update(
        { pk: partition.handoff(id), sk: sort.handoff },
        {
          UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
          ConditionExpression: `#status IN (${from.map((_, i) => `:from${i}`).join(', ')})`,
          ExpressionAttributeNames: { '#status': 'status' },
          values: {
            ':to': to,
            ...(open ? {} : { ':at': at }),
            ...(reason && { ':reason': reason }),
            ...(measures && { ':measures': JSON.stringify(measures) }),
            ...Object.fromEntries(from.map((status, i) => [`:from${i}`, status])),
          },
        },
      );
      return changed !== undefined;
    },

    async audit(id, entry) {
      const key = [orderOf(entry.what), entry.step ?? '', digest(JSON.stringify(entry))].join('#');
      await table.put({ pk: partition.handoff(id), sk: sort.audit(instantKey(entry.at), key), ...entry });
    },

    async auditTrail(id) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :audit)',
        values: { ':pk': partition.handoff(id), ':audit': 'AUDIT#' },
        ConsistentRead: true,
      });
      return items.map(({ pk: _pk, sk: _sk, ...entry }) => entry as unknown as AuditEntry);
    },

    ...mailRecords(table),

    async storeLink(hash, link) {
      await table.put({
        pk: partition.link(hash),
        sk: sort.link,
        ...link,
        [timeToLive]: epochSeconds(link.expiresAt) + linkKeptDays * 86_400,
      });
    },

    async findLink(hash) {
      const item = await table.get({ pk: partition.link(hash), sk: sort.link });
      return item as unknown as Link | undefined;
    },
  };
}

/** What happens in the same instant is told in this order: causes before effects. */
const causesFirst = [
  'deal-won',
  'handoff-started',
  'decided',
  'unanswered',
  'reassigned',
  'cancelled',
  'abandoned',
  'stalled',
];

const orderOf = (what: string): string => {
  const order = causesFirst.indexOf(what);
  return `${order < 0 ? causesFirst.length : order}`;
};

/** Instants as sort keys all have milliseconds, because they compare as text. */
const instantKey = (at: string): string => new Date(at).toISOString();

const epochSeconds = (at: string): number => Math.floor(Date.parse(at) / 1000);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

const openStepKey = (id: string, step: string, dueAt: string): string => `STEP#${instantKey(dueAt)}#${id}#${step}`;

const tokenOf = (item: Item): { token?: string } =>
  typeof item['taskToken'] === 'string' ? { token: item['taskToken'] } : {};

function under(prefix: string, items: readonly Item[]): [string, Item][] {
  return items
    .filter((item) => String(item['sk']).startsWith(prefix))
    .map((item) => [String(item['sk']).slice(prefix.length), item]);
}

function stateItem({ id, measures, ...state }: HandoffState): Item {
  const owner = state.people.customerSuccessManager;
  return {
    ...state,
    ...(measures && { measures: JSON.stringify(measures) }),
    ...(owner && { [openWork.partitionKey]: owner, [openWork.sortKey]: `HANDOFF#${id}` }),
  };
}

function stateOf(id: string, item: Item): HandoffState {
  const { pk: _pk, sk: _sk, openOwner: _owner, openKey: _key, measures, ...state } = item;
  return {
    ...(state as unknown as HandoffState),
    id,
    ...(typeof measures === 'string' && { measures: JSON.parse(measures) }),
  };
}

function stepItem(id: string, step: StepRecord): Item {
  const { decision: _decision, token: _token, pauses, earlier, step: _step, ...flat } = step;
  return {
    ...flat,
    pauses: JSON.stringify(pauses),
    earlier: JSON.stringify(earlier),
    [openWork.partitionKey]: step.owner,
    [openWork.sortKey]: openStepKey(id, step.step, step.dueAt),
  };
}

function stepOf(step: string, item: Item): StepRecord {
  const decision: Decision | undefined =
    typeof item['choice'] === 'string'
      ? {
          choice: item['choice'],
          by: String(item['decidedBy']),
          as: item['decidedAs'] as Decision['as'],
          at: String(item['decidedAt']),
          evidence: item['evidence'] as Evidence,
        }
      : undefined;
  return {
    step,
    round: Number(item['round']),
    owner: String(item['owner']),
    askedAt: String(item['askedAt']),
    dueAt: String(item['dueAt']),
    because: String(item['because']),
    pauses: JSON.parse(String(item['pauses'])),
    earlier: JSON.parse(String(item['earlier'])),
    ...(decision && { decision }),
    ...tokenOf(item),
  };
}
