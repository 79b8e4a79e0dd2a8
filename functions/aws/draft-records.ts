import type { Draft, DraftState } from '../domain/handoff/draft.ts';
import type { Drafts } from '../ports/drafts.ts';
import type { Table } from './dynamodb.ts';
import { mailsIn } from './mail-records.ts';
import { textIn } from './packed-text.ts';
import { keepPlaybook, readPlaybook } from './playbook-items.ts';
import { firstAfterAudit, partition, sort } from './table.ts';

/** The drafts, each in the partition of the handoff that begins if its deal is won. */
export function draftRecords(table: Table): Drafts {
  return {
    async load(id) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk >= :first',
        values: { ':pk': partition.handoff(id), ':first': firstAfterAudit },
        ConsistentRead: true,
      });
      const item = items.find(({ sk }) => sk === sort.draft);
      if (!item) return undefined;
      const state = JSON.parse(String(item['draft'])) as DraftState;
      const pkg = items.find(({ sk }) => sk === sort.package);
      const draft: Draft = {
        state,
        version: Number(item['version']),
        playbook: await readPlaybook(table, state.playbookHash),
        packageVersion: Number(pkg?.['version'] ?? 0),
        ...(pkg && { package: JSON.parse(textIn(pkg['package'])) }),
        ...(pkg?.['history'] !== undefined && { packageHistory: JSON.parse(textIn(pkg['history'])) }),
        mails: Object.fromEntries(mailsIn(items).map((mail) => [mail.key, mail])),
      };
      return draft;
    },

    async save(state, frozen, version) {
      await keepPlaybook(table, state.playbookHash, frozen);
      return table.put(
        { pk: partition.handoff(state.id), sk: sort.draft, draft: JSON.stringify(state), version: version + 1 },
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              values: { ':version': version },
            },
      );
    },
  };
}
