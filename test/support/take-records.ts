/**
 * Takes the records as this version leaves them half-way through a handoff, and the state machine it runs on:
 *
 *     node test/support/take-records.ts <version> && npm run format
 *
 * writes `records-v<version>.json` and `machine-v<version>.asl.json` beside this file. Do so when the shape of the records
 * or the payloads of the state machine change, under a new number; files that stand are never taken again.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { linkTo } from '../../functions/mailing/link-to.ts';
import { createClock } from '../../infra/account/clock.ts';
import { tableName } from '../../infra/local/local-names.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import { putOnBus } from '../../infra/local/put-event.ts';
import { createSystem } from '../../infra/local/system.ts';
import { definitionFileOf } from '../../infra/wiring/state-machine.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { roster, sampleEvent } from './deals.ts';

const version = process.argv[2] ?? '';
if (!/^[1-9]\d*$/.test(version)) throw new Error('Say which version this is: node test/support/take-records.ts 3');
const recordsFile = new URL(`records-v${version}.json`, import.meta.url);
const machineFile = new URL(`machine-v${version}.asl.json`, import.meta.url);
if (existsSync(recordsFile) || existsSync(machineFile)) throw new Error(`Version ${version} has been taken already.`);

const siteUrl = 'http://handoff.example.com';
const lena = 'lena.vogt@example.com';
const event = sampleEvent('complete-standard');
const handoffId = 'D-2026-1041-1';
/** Two days on: the customer is introduced, the kickoff not yet scheduled, the stakeholder map put off. */
const at = '2026-11-19T09:31:00.000Z';

const people = roster();
const clock = createClock({ start: Date.parse('2026-11-17T08:30:00Z') });
const system = await createSystem({ clock, roster: people, siteUrl, playbook });
system.account.mailTrouble.bounce('gone@nordwind-logistik.example');
employPeople({
  system,
  playbook,
  roster: people,
  manner: 'prompt',
  script: {
    'review-brief': [{ choice: 'return', evidence: { gaps: 'Who signs off the data migration?' } }],
    'introduce-customer': [
      { evidence: { recipients: ['jonas@nordwind-logistik.example', 'gone@nordwind-logistik.example'] } },
    ],
    'schedule-kickoff': 'never',
    'map-stakeholders': [
      { choice: 'wait-for-customer', evidence: { until: '2026-12-01', reason: 'Their champion is away.' } },
    ],
  },
});
await putOnBus(system, event);
await putOnBus(system, { source: event.source, 'detail-type': event['detail-type'], detail: { dealId: 'D-0' } });
await clock.advanceTo(Date.parse('2026-11-18T09:00:00Z'));
await system.world.roster.markUnreachable('klaus.brandt@example.com', {
  since: '2026-11-18T09:00:00.000Z',
  why: 'Mail bounced (NoEmail)',
});
await clock.advanceTo(Date.parse(at));

const record = await system.world.handoffs.load(handoffId);
if (!record) throw new Error('The handoff has not begun.');
// The request for a step that somebody answers from the page of another one is never mailed.
const links: Record<string, string> = {};
for (const step of ['schedule-kickoff', 'map-stakeholders'])
  links[step] = (await linkTo(system.world, record, { step, person: lena, as: 'owner', at })).slice(siteUrl.length);

const items: Record<string, AttributeValue>[] = [];
for await (const page of paginateScan({ client: system.clients.dynamodb }, { TableName: tableName }))
  items.push(...(page.Items ?? []));
const keyOf = ({ pk, sk }: Record<string, AttributeValue>) => `${pk?.S}|${sk?.S}`;
items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
await system.close();

const bytesAsText = (name: string, value: unknown) =>
  name === 'B' ? Buffer.from(Object.values(value as object)).toString('base64') : value;
writeFileSync(recordsFile, `${JSON.stringify({ handoffId, at, links, items }, bytesAsText, 2)}\n`);
await copyFile(definitionFileOf(playbook.name), machineFile);
