import type { Instant } from '../domain/time/calendar.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { MailTurns } from '../ports/mail-turns.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** What SES allows an account in production until more is asked for. */
const usualPerSecond = 14;

/** Some more than it takes are called each second, so that it never stands idle: who comes in vain takes another turn. */
const overbooked = 1.1;

/** Until the service has room again. */
const soonest = 1000;

/** How often two who find nobody waiting at the same moment get out of each other's way. */
const attempts = 4;

/**
 * The turns: one item with the last one given, moved on in one conditional write for each. `perSecond`: recipients that SES takes in a
 * second. Throws RecordsUnavailable.
 */
export function mailTurns(table: Pick<Table, 'update'>, perSecond: number = usualPerSecond): MailTurns {
  const key = { pk: partition.mailTurns, sk: sort.mailTurn };
  const apart = 1000 / (perSecond * overbooked);

  /** Behind those who wait; undefined when nobody does. */
  const behind = (now: number) =>
    table.update(key, {
      UpdateExpression: 'SET lastTurn = lastTurn + :apart',
      ConditionExpression: 'lastTurn > :now',
      values: { ':apart': apart, ':now': now },
    });

  /** The first; undefined when somebody else is. */
  const first = (now: number) =>
    table.update(key, {
      UpdateExpression: 'SET lastTurn = :soon',
      ConditionExpression: 'attribute_not_exists(lastTurn) OR lastTurn <= :now',
      values: { ':soon': now + soonest, ':now': now },
    });

  return {
    async take(at: Instant) {
      const now = Date.parse(at);
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const given = (await behind(now)) ?? (await first(now));
        if (given) return new Date(Math.ceil(Number(given['lastTurn']))).toISOString();
      }
      throw new RecordsUnavailable('Many take turns at the same time: try again.');
    },
  };
}
