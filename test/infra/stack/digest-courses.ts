import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { askSteps } from '../../../functions/domain/playbook/capabilities.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { putOnBus } from '../../../infra/local/put-event.ts';
import type { System } from '../../../infra/local/system.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { sampleEvent } from '../../support/deals.ts';
import { klaus, ruth } from '../../support/handoff-record.ts';
import { type Course, day } from './course.ts';
import { answerNow, bounceLate, withoutToken } from './interrupted-courses.ts';
import type { StoodUp } from './stand-up.ts';

const digested: Playbook = { ...playbook, escalations: 'digest' };
const hour = day / 24;

/**
 * It plans the meeting of colleagues: due a day after the deal was won, on a Wednesday; its first rung comes a day later, each further
 * one a business day after the digest that tells the one before.
 */
const planning = askSteps(playbook).find(
  ({ rule }) => rule.plans !== undefined && !Object(playbook.meetings)[rule.plans]?.withCustomer,
);
const step = planning?.id ?? '';
const choice = planning?.rule.choices[0]?.id ?? '';

const event = sampleEvent('complete-standard');
const won = Date.parse(String(event.detail['closedWonAt']));
/** Digests go out so long before the hour of the first rung. */
const sooner = (25 / 60) * hour;
/** When somebody is asked to help: the manager, operations, everybody. */
const rungs = { manager: won + 2 * day, operations: won + 6 * day - sooner, stall: won + 7 * day - sooner };

const lose = (system: System) =>
  putOnBus(system, {
    source: event.source,
    'detail-type': 'Deal Lost',
    detail: { dealId: event.detail['dealId'] },
  });

/** Reports go out each hour, for so many days. */
function sendHourly({ clock, clients }: System, days: number): void {
  const first = Math.ceil(won / hour) * hour + hour / 12;
  for (let at = first; at < won + days * day; at += hour)
    clock.at(at, () =>
      clients.lambda.send(
        new InvokeCommand({
          FunctionName: 'handoff-sample-send-reports',
          Payload: Buffer.from(JSON.stringify({ time: new Date(at).toISOString() })),
        }),
      ),
    );
}

const digestsTo = ({ account }: System, email: string): readonly string[] =>
  account.inbox.mails
    .filter(({ recipients, tags }) => recipients.includes(email) && tags['kind'] === 'overdue-digest')
    .map(({ text }) => text.replace(/\s+/g, ' '));

/** What a digest says that tells of escalations. */
const ofEscalations = 'in place of an email';

/** Something happens to the step at a rung of it, while nothing waits for an answer. */
const atRung = (stood: () => StoodUp, rung: number, happens: (system: System) => Promise<void>) =>
  withoutToken(step, {
    when: () => stood().system.clock.now() >= rung,
    meanwhile: () => {
      const { system } = stood();
      system.clock.at(system.clock.now() + 500, () => happens(system));
    },
  });

/** Where escalations stand in daily digests: what whoever tells them, and whoever hears that one came back, has to be allowed. */
export const digestCourses: Readonly<Record<string, Course>> = {
  'escalated in digests, of which one comes back': {
    event,
    playbook: digested,
    manner: 'silent',
    interruptions: (stood) => [atRung(stood, rungs.operations, (system) => bounceLate(system, klaus, ofEscalations))],
    before: ({ system }) => {
      sendHourly(system, 10);
      system.clock.at(rungs.stall - hour / 3, async () => {
        for (const email of [klaus, ruth]) expect(digestsTo(system, email).join(' ')).toContain(ofEscalations);
        await answerNow(system, step, choice);
      });
      system.clock.at(rungs.stall + day / 2, async () => {
        expect(digestsTo(system, ruth).at(-1)).toContain('Done since');
        // There is nothing more to say of it in the digest of the next day.
        await lose(system);
      });
    },
  },

  'escalated in a digest, as its owner says when they are away': {
    event,
    playbook: digested,
    manner: 'silent',
    interruptions: (stood) => [
      atRung(stood, rungs.manager, (system) =>
        answerNow(system, step, 'away', { from: '2027-01-04', until: '2027-01-08' }),
      ),
    ],
    before: ({ system }) => system.clock.at(rungs.operations, () => lose(system)),
  },
};
