import { onTestFinished } from 'vitest';
import { type Account, type AccountOptions, createAccount } from '../../../infra/account/account.ts';
import { type Clients, inProcessClients } from '../../../infra/account/clients.ts';
import { type Clock, createClock } from '../../../infra/account/clock.ts';

/** Friday 20 November 2026, 16:00 UTC. */
export const friday = Date.UTC(2026, 10, 20, 16);

export interface Opened {
  readonly account: Account;
  readonly clients: Clients;
  readonly clock: Clock;
}

/** An account for one test that sends as anybody at example.com, its clock standing on a Friday afternoon; closed when the test ends. */
export async function openAccount(options: Partial<AccountOptions> = {}): Promise<Opened> {
  const clock = options.clock ?? createClock({ start: friday });
  const account = await createAccount({ functions: {}, senders: ['example.com'], ...options, clock });
  onTestFinished(() => account.close());
  return { account, clients: inProcessClients(account), clock };
}

/** The error that `promise` rejects with. */
export async function failure(promise: Promise<unknown>): Promise<Error & Readonly<Record<string, unknown>>> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error as Error & Readonly<Record<string, unknown>>;
    throw error;
  }
  throw new Error('expected a failure');
}
