import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Person } from '../../../functions/domain/people/person.ts';
import { dueReports } from '../../../functions/domain/reports/due-reports.ts';
import { reportsFor } from '../../../functions/domain/reports/report-rules.ts';
import type { System } from '../system.ts';

const hour = 3_600_000;
/** When reports go out, in milliseconds past each hour, as the stage's schedule says. */
const sentAt = 5 * 60_000;
/** Handoffs that are over are told of for so long, in milliseconds. */
const afterwards = 5 * 24 * hour;

interface Mornings {
  /** Who is there now. */
  readonly roster: () => readonly Person[];
  /** In so many hours of a morning: one is enough where nothing fails. */
  readonly tries: number;
}

/**
 * Sends reports in the hours in which somebody who gets a daily digest begins to work, as long as anything else happens: in all
 * others the schedule would find everything sent.
 */
export function sendDigests(system: System, { roster, tries }: Mornings): void {
  const { clock, clients, world } = system;
  const { defaultZone: zone } = world.site;
  const send = () =>
    clients.lambda.send(
      new InvokeCommand({
        FunctionName: 'send-reports',
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify({ time: new Date(clock.now()).toISOString() })),
      }),
    );
  const isAnyDue = (at: number): boolean =>
    roster()
      .filter((person) => reportsFor(person, roster()).includes('overdue-digest'))
      .some((person) => {
        const isDue = (when: number): boolean => {
          const asked = { person, roster: roster(), at: new Date(when).toISOString() };
          return dueReports({ ...asked, calendar: world.calendarOf(person), zone }).length > 0;
        };
        return isDue(at) && !isDue(at - tries * hour);
      });
  const arm = (at: number): void => {
    clock.daemon(at, async () => {
      arm(at + hour);
      if (!isQuiet(system) && isAnyDue(at)) await send();
    });
  };
  arm(Math.ceil((clock.now() - sentAt) / hour) * hour + sentAt);
}

/** Whether every handoff has been over for days. */
const isQuiet = ({ account, clock }: System): boolean =>
  account.stepFunctions
    .executions()
    .every(({ stoppedAt = Number.POSITIVE_INFINITY }) => stoppedAt + afterwards < clock.now());
