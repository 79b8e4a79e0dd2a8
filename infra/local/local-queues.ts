import { functionsLeftForPeople, functionsTriedAgain } from '../wiring/function-needs.ts';
import { deadLetterQueues, dealsHeard, deliveries, triedAgain, undelivered, writeBacks } from '../wiring/queues.ts';
import { changesToWriteBack } from '../wiring/table-changes.ts';
import { type LocalCrm, writesBack } from './local-crm.ts';
import { queueName, streamArn } from './local-names.ts';
import { roleNameOf } from './local-roles.ts';

/** What the CRM said waits in one queue, what it is to be told in another. */
const crmQueues = (crm: LocalCrm | undefined) => [
  ...(crm ? [dealsHeard] : []),
  ...(writesBack(crm) ? [writeBacks] : []),
];

/** What the clock's agenda calls the work with a CRM. */
const crmWork = {
  [dealsHeard.what]: (title: string) => `Read deals in ${title}`,
  [writeBacks.what]: (title: string) => `Write back to ${title}`,
};

/** The queues, and what they have to do with functions. `title`: the CRM's. */
export const queuesFor = (crm: LocalCrm | undefined, title = '') => ({
  queues: [
    ...[...crmQueues(crm), deliveries].map(({ name, visibilitySeconds, maxReceiveCount, ...more }) => ({
      name: queueName(name),
      visibilitySeconds,
      ...('delaySeconds' in more && { delaySeconds: more.delaySeconds }),
      redrive: { to: queueName(undelivered), maxReceiveCount },
    })),
    {
      name: queueName(triedAgain.name),
      visibilitySeconds: triedAgain.visibilitySeconds,
      redrive: { to: queueName(undelivered), maxReceiveCount: triedAgain.maxReceiveCount },
    },
    ...deadLetterQueues.map((name) => ({ name: queueName(name) })),
  ],
  deadLetterQueues: deadLetterQueues.map(queueName),
  eventSources: [
    {
      ...{ queue: queueName(triedAgain.name), functionName: triedAgain.what, role: roleNameOf(triedAgain.what) },
      label: 'Call again what failed',
    },
    ...crmQueues(crm).map(({ name, what }) => ({
      queue: queueName(name),
      functionName: what,
      role: roleNameOf(what),
      ...(crm && { label: crmWork[what](title) }),
    })),
  ],
  onFailure: Object.fromEntries([
    ...functionsTriedAgain.map((name) => [name, { queue: queueName(triedAgain.name), role: roleNameOf(name) }]),
    ...functionsLeftForPeople.map((name) => [name, { queue: queueName(undelivered), role: roleNameOf(name) }]),
  ]),
});

/** How what changes in the table comes to be written back. */
export const changesRead = {
  streamArn,
  functionName: changesToWriteBack.what,
  role: roleNameOf(changesToWriteBack.what),
  patterns: changesToWriteBack.patterns,
  batchSize: changesToWriteBack.batchSize,
  batchingSeconds: changesToWriteBack.batchingSeconds,
  longestSeconds: changesToWriteBack.longestHours * 3600,
  onFailure: queueName(undelivered),
  label: 'Look at what changed, for the CRM',
};
