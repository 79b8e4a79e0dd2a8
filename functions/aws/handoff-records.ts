import type { Deal } from '../domain/deal/deal.ts';
import { type Outcome, sameOutcome } from '../domain/deal/outcome.ts';
import { once } from '../domain/fields/lazily.ts';
import { type HandoffRecord, type HandoffState, isClosed, type Note } from '../domain/handoff/handoff.ts';
import { type FrozenPlaybook, ruleOfStep } from '../domain/playbook/playbook.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Item, Table } from './dynamodb.ts';
import { digest, instantKey } from './item-keys.ts';
import { keptJson } from './kept-json.ts';
import { mailsIn } from './mail-records.ts';
import { meetingOf } from './meeting-records.ts';
import { packedText, textIn } from './packed-text.ts';
import { keepPlaybook, readPlaybook } from './playbook-items.ts';
import { stepOf } from './step-items.ts';
import { firstAfterAudit, firstOfAudit, openWork, partition, sort } from './table.ts';
import { ownEntries, trailIn } from './trail-items.ts';

/** The handoffs that have begun: the small item that changes, the frozen playbooks, and everything of a handoff read at once. */
export function handoffRecords(table: Table): Handoffs {
  const playbooks = new Map<string, FrozenPlaybook>();

  async function playbook(hash: string): Promise<FrozenPlaybook> {
    const frozen = playbooks.get(hash) ?? (await readPlaybook(table, hash));
    playbooks.set(hash, frozen);
    return frozen;
  }

  async function keep(hash: string, frozen: FrozenPlaybook): Promise<void> {
    if (playbooks.has(hash)) return;
    await keepPlaybook(table, hash, frozen);
    playbooks.set(hash, frozen);
  }

  return {
    async begin(state, frozen) {
      await keep(state.playbookHash, frozen);
      const key = { pk: partition.handoff(state.id), sk: sort.handoff };
      const isNew = await table.put(
        { ...key, ...stateItem(state) },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
      const item = isNew ? undefined : await table.get(key);
      return { state: item ? stateOf(state.id, item) : state, isNew };
    },

    async load(id, { maybeStale = false, withTrail = false } = {}) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk >= :first',
        values: { ':pk': partition.handoff(id), ':first': withTrail ? firstOfAudit : firstAfterAudit },
        ConsistentRead: !maybeStale,
      });
      const bySort = new Map(items.map((item) => [String(item['sk']), item]));
      const [dealItem, stateItem] = [bySort.get(sort.deal), bySort.get(sort.handoff)];
      if (!dealItem || !stateItem) return undefined;
      const deal = keptJson(textIn(dealItem['deal'])) as Deal;
      const state = stateOf(id, stateItem);
      const pkg = bySort.get(sort.package);
      const meetings = under('MEETING#', items);
      const notes = under('NOTE#', items).map(([, item]) => noteOf(item));
      const outcomes = under('OUTCOME#', items).map(([, item]) => outcomeOf(item));
      const frozen = await playbook(state.playbookHash);
      // What is no step of this playbook is nothing that anybody here could read.
      const steps = under('STEP#', items).flatMap(([step, item]) => {
        const rounds = under(sort.rounds(step), items).map(([, round]) => round);
        return ruleOfStep(frozen, step)?.kind === 'ask' ? (stepOf(step, item, rounds) ?? []) : [];
      });
      const mails = once(() => Object.fromEntries(mailsIn(items).map((mail) => [mail.key, mail])));
      const record: HandoffRecord = {
        deal,
        package: pkg ? (keptJson(textIn(pkg['package'])) as HandoffRecord['package']) : deal.package,
        packageVersion: Number(pkg?.['version'] ?? 0),
        ...(pkg?.['answers'] !== undefined && { gapAnswers: JSON.parse(textIn(pkg['answers'])) }),
        ...(pkg?.['history'] !== undefined && { packageHistory: JSON.parse(textIn(pkg['history'])) }),
        state,
        playbook: frozen,
        steps: Object.fromEntries(steps.map((step) => [step.step, step])),
        // Unpacked for who asks: a desk reads dozens of handoffs, and nothing of their emails.
        get mails() {
          return mails();
        },
        ...(meetings.length > 0 && {
          meetings: Object.fromEntries(meetings.map(([id, item]) => [id, meetingOf(id, item)])),
        }),
        ...(notes.length > 0 && { notes }),
        ...(outcomes.length > 0 && { outcomes: outcomes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) }),
      };
      if (!withTrail) return record;
      const entries = items.filter(({ sk }) => String(sk).startsWith(firstOfAudit));
      const trail = trailIn(entries, ownEntries(Object.values(record.mails), Object.values(record.steps)));
      return { ...record, trail: trail.map(([, entry]) => entry) };
    },

    async statesOf(ids) {
      const items = await table.getAll(ids.map((id) => ({ pk: partition.handoff(id), sk: sort.handoff })));
      return items.map((item) => stateOf(String(item['pk']).slice(partition.handoff('').length), item));
    },

    async changeStatus({ id, from, to, at, reason, measures, ended }) {
      const open = !isClosed(to);
      const sets = [
        '#status = :to',
        ...(reason ? ['reason = :reason'] : []),
        ...(measures ? ['measures = :measures'] : []),
      ];
      if (!open)
        sets.push(
          'endedAt = :at',
          `${openWork.partitionKey} = :toMeasure`,
          `${openWork.sortKey} = :key`,
          ...(ended ? ['endedBy = :by', 'endedFrom = :where'] : []),
        );
      const removes = reason ? [] : ['reason'];
      const changed = await table.update(
        { pk: partition.handoff(id), sk: sort.handoff },
        {
          UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
          ConditionExpression: `#status IN (${from.map((_, i) => `:from${i}`).join(', ')})`,
          ExpressionAttributeNames: { '#status': 'status' },
          values: {
            ':to': to,
            ...(open
              ? {}
              : {
                  ':at': at,
                  ':toMeasure': openWork.toMeasure,
                  ':key': `HANDOFF#${id}`,
                  ...(ended && { ':by': ended.by, ':where': ended.from }),
                }),
            ...(reason && { ':reason': reason }),
            ...(measures && { ':measures': packedText(JSON.stringify(measures)) }),
            ...Object.fromEntries(from.map((status, i) => [`:from${i}`, status])),
          },
        },
      );
      return changed !== undefined;
    },

    async adopt({ id, from, to, playbook: frozen }) {
      await keep(to, frozen);
      const changed = await table.update(
        { pk: partition.handoff(id), sk: sort.handoff },
        {
          UpdateExpression: 'SET playbookHash = :to',
          ConditionExpression: 'playbookHash = :from AND #status IN (:open, :stalled)',
          ExpressionAttributeNames: { '#status': 'status' },
          values: { ':to': to, ':from': from, ':open': 'open', ':stalled': 'stalled' },
        },
      );
      return changed !== undefined;
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

    async unmeasured() {
      const items = await table.query({
        IndexName: openWork.name,
        KeyConditionExpression: `${openWork.partitionKey} = :toMeasure`,
        values: { ':toMeasure': openWork.toMeasure },
      });
      return [...new Set(items.map(({ pk }) => String(pk).slice(partition.handoff('').length)))];
    },

    async noteMeasured({ state, outcomes = [] }) {
      const { id } = state;
      const taken = (key: Item, also: { readonly condition?: string; readonly values?: Item } = {}) =>
        table.update(key, {
          UpdateExpression: `REMOVE ${openWork.partitionKey}, ${openWork.sortKey}`,
          ConditionExpression: `${openWork.partitionKey} = :toMeasure${also.condition ?? ''}`,
          values: { ':toMeasure': openWork.toMeasure, ...also.values },
        });
      if (isClosed(state.status)) await taken({ pk: partition.handoff(id), sk: sort.handoff });
      for (const outcome of outcomes)
        await taken(outcomeKey(id, outcome), {
          condition: ' AND saidAt = :saidAt',
          values: { ':saidAt': outcome.saidAt },
        });
    },

    async addNote(id, note) {
      const key = digest(JSON.stringify(note));
      await table.put({ pk: partition.handoff(id), sk: sort.note(instantKey(note.at), key), ...note });
    },

    async addOutcome(id, outcome) {
      const saidAt = instantKey(outcome.saidAt);
      await table.put(
        { ...outcomeKey(id, outcome), ...outcome, saidAt, ...toMeasure(`OUTCOME#${id}#${saidAt}`) },
        { ConditionExpression: 'attribute_not_exists(pk) OR saidAt <= :saidAt', values: { ':saidAt': saidAt } },
      );
    },
  };
}

const outcomeKey = (id: string, outcome: Outcome) => ({
  pk: partition.handoff(id),
  sk: sort.outcome(digest(sameOutcome(outcome))),
});

const toMeasure = (key: string): Item => ({
  [openWork.partitionKey]: openWork.toMeasure,
  [openWork.sortKey]: key,
});

const outcomeOf = ({ pk: _pk, sk: _sk, openOwner: _owner, openKey: _key, ...outcome }: Item): Outcome =>
  outcome as unknown as Outcome;

const noteOf = ({ by, at, text, step, form }: Item): Note => ({
  by: String(by),
  at: String(at),
  text: String(text),
  ...(typeof step === 'string' && { step }),
  ...(typeof form === 'string' && { form }),
});

function under(prefix: string, items: readonly Item[]): [string, Item][] {
  return items
    .filter((item) => String(item['sk']).startsWith(prefix))
    .map((item) => [String(item['sk']).slice(prefix.length), item]);
}

function stateItem({ id, measures, ...state }: HandoffState): Item {
  const owner = state.people.customerSuccessManager;
  return {
    ...state,
    ...(measures && { measures: packedText(JSON.stringify(measures)) }),
    ...(owner && { [openWork.partitionKey]: owner, [openWork.sortKey]: `HANDOFF#${id}` }),
  };
}

function stateOf(id: string, item: Item): HandoffState {
  const { pk: _pk, sk: _sk, openOwner: _owner, openKey: _key, measures, ...state } = item;
  return {
    ...(state as unknown as HandoffState),
    id,
    ...(measures !== undefined && { measures: JSON.parse(textIn(measures)) }),
  };
}
