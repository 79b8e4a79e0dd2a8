import type { System } from '../system.ts';
import { type RefusedEvent, readRefusals } from './overview.ts';
import { handoffIds } from './register.ts';

/** What came of something that happened in the CRM. */
export interface CameOfIt {
  /** Handoffs that began. */
  readonly begun: readonly string[];
  readonly refused: RefusedEvent['refused'];
  /** How many functions failed. */
  readonly failures: number;
  /** How many people were emailed. */
  readonly emailed: number;
  /** For how long the clock went on, in milliseconds. */
  readonly took: number;
}

/** A CRM tells within a second or so; what it tells is read and followed within as many more. */
const soon = 15_000;

/** Does something in the CRM, and lets the clock go on until Handoff has heard of it, 15 seconds at most. */
export async function heard(system: System, happen: () => void): Promise<CameOfIt> {
  const { clock, account } = system;
  const { mails } = account.inbox;
  const [ids, sent, before] = [new Set(handoffIds(system)), mails.length, clock.now()];
  const known = new Set((await readRefusals(system)).map(({ key }) => key));
  const { length: failures } = account.lambda.failures;
  happen();
  await clock.runToEnd({ until: before + soon });
  const refused = await readRefusals(system);
  return {
    begun: handoffIds(system).filter((id) => !ids.has(id)),
    refused: refused.filter(({ key }) => !known.has(key)).flatMap((each) => each.refused),
    failures: account.lambda.failures.length - failures,
    emailed: new Set(mails.slice(sent).flatMap(({ recipients }) => recipients)).size,
    took: clock.now() - before,
  };
}

/** How many people were emailed, in words: '3 people were emailed'. */
export const emailedText = (people: number): string =>
  people === 0 ? 'nobody was emailed' : people === 1 ? '1 person was emailed' : `${people} people were emailed`;
