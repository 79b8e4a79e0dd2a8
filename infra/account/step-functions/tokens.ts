import { createHash } from 'node:crypto';
import { ApiError } from './errors.ts';
import type { Execution } from './execution.ts';

/** A task that waits for SendTaskSuccess or SendTaskFailure. */
interface OpenTask {
  readonly token: string;
  readonly execution: Execution;
  readonly state: string;
  /** Virtual milliseconds since the epoch at which the token was made. */
  readonly since: number;
  /** When it will time out, or undefined. */
  readonly deadline: number | undefined;
  succeed(output: string): void;
  fail(error: string | undefined, cause: string | undefined): void;
  heartbeat(): void;
}

export interface Tokens {
  /** A fresh token; good for nothing until a task is opened with it. */
  create(): string;
  open(task: OpenTask): void;
  close(token: string): void;
  /** The task behind a token. Throws InvalidToken for one that was never issued, TaskTimedOut for one whose task is over. */
  find(token: string): OpenTask;
  /** The same; undefined where `find` throws. */
  waiting(token: string): OpenTask | undefined;
  all(): IterableIterator<OpenTask>;
}

/** A token carries its own checksum, so that a spent one can be told from an invented one without keeping it. */
function checksum(body: string): string {
  return createHash('sha256').update(`task token ${body}`).digest('base64url').slice(0, 22);
}

export function createTokens(newId: () => string): Tokens {
  const openTasks = new Map<string, OpenTask>();

  function find(token: string): OpenTask {
    const task = openTasks.get(token);
    if (task !== undefined) return task;
    const [, body, check] = /^AQ([\w-]+)\.([\w-]{22})$/.exec(token) ?? [];
    if (body === undefined || check !== checksum(body))
      throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
    throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }

  return {
    create: () => {
      const body = Buffer.from(newId()).toString('base64url');
      return `AQ${body}.${checksum(body)}`;
    },
    open: (task) => {
      openTasks.set(task.token, task);
    },
    close: (token) => {
      openTasks.delete(token);
    },
    find,
    waiting: (token) => openTasks.get(token),
    all: () => openTasks.values(),
  };
}
