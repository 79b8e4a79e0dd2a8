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

/**
 * Tokens look as AWS's do, as long and of bytes that nothing packs: whoever keeps one pays for it by the byte. Theirs have from 640
 * to 690 characters by the names of execution and state: a head of four, then base64 of 97 bytes, which begin alike, and of 399.
 */
const head = 'AQCE';
const beginning = Buffer.from('0000002a000000030000000000000001', 'hex');
const partBytes = [97, 399] as const;

const bytesOf = (text: string, outputLength: number): Buffer =>
  createHash('shake256', { outputLength }).update(`task token ${text}`).digest();

/** The second part is made of the first, so that a spent token can be told from an invented one without keeping it. */
const tokenOf = (first: string): string => `${head}${first}${bytesOf(first, partBytes[1]).toString('base64')}`;

const firstOf = (id: string): string =>
  Buffer.concat([beginning, bytesOf(id, partBytes[0] - beginning.length)]).toString('base64');

/** Characters of the first part in a token. */
const firstLength = Math.ceil(partBytes[0] / 3) * 4;

export function createTokens(newId: () => string): Tokens {
  const openTasks = new Map<string, OpenTask>();

  function find(token: string): OpenTask {
    const task = openTasks.get(token);
    if (task !== undefined) return task;
    if (token !== tokenOf(token.slice(head.length, head.length + firstLength)))
      throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
    throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }

  return {
    create: () => tokenOf(firstOf(newId())),
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
