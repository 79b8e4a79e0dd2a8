import { handoffRecords } from '../../../functions/aws/handoff-records.ts';
import { partition, sort } from '../../../functions/aws/table.ts';
import { openSteps } from '../../../functions/domain/step/open-steps.ts';
import type { Handoffs } from '../../../functions/ports/handoffs.ts';
import type { AccountOptions } from '../../account/account.ts';
import { tableName } from '../local-names.ts';
import type { System } from '../system.ts';
import { executionArn, readExecution } from './execution.ts';
import { currentStates } from './execution-states.ts';
import { createMirror } from './mirror.ts';
import { type Handoff, readHandoff } from './overview.ts';

/** A handoff with where its execution stands. */
export interface Standing extends Handoff {
  /** The states an execution stands in, where nobody is asked anything. */
  readonly states: readonly string[];
}

/**
 * Every handoff as it stands, read once and again only when something of it was written, so that a thousand of them are shown
 * as quickly as ten.
 */
export interface Register {
  /** Tells the register of changes: to be handed to the account. */
  readonly hears: Required<Pick<AccountOptions, 'onItemChange'>> & {
    readonly engine: Required<Pick<NonNullable<AccountOptions['engine']>, 'onEvent'>>;
  };
  /** The newest first. */
  all(system: System): Promise<readonly Standing[]>;
  one(system: System, id: string): Promise<Standing | undefined>;
  /** Says that something has changed that stands in no record, as what time it is. */
  touch(): void;
  /** Grows with every change of anything the console shows. */
  version(): number;
  /** Calls `onChange` after each change; the returned function ends it. */
  watch(onChange: () => void): () => void;
}

interface Kept {
  readonly standing: Promise<Standing | undefined>;
}

const ofHandoffs = partition.handoff('');

export function createRegister(): Register {
  const kept = new Map<string, Kept>();
  const watchers = new Set<() => void>();
  const mirror = createMirror(tableName);
  const records = handoffRecords(mirror.table);
  /** The ids of all deals that were stored, whether an execution runs for them or not. */
  const stored = new Set<string>();
  let version = 0;

  function changed(id: string | undefined): void {
    if (id !== undefined) kept.delete(id);
    version += 1;
    for (const onChange of watchers) onChange();
  }

  function one(system: System, id: string): Promise<Standing | undefined> {
    const known = kept.get(id);
    if (known !== undefined) return known.standing;
    // What is written while it is read takes it off again.
    const standing = readStanding(system, records, id).catch((error: unknown) => {
      if (kept.get(id)?.standing === standing) kept.delete(id);
      throw error;
    });
    kept.set(id, { standing });
    return standing;
  }

  return {
    hears: {
      onItemChange: (change) => {
        mirror.hear(change);
        const { item } = change;
        const key = String(item['pk']?.['S']);
        const id = key.startsWith(ofHandoffs) ? key.slice(ofHandoffs.length) : undefined;
        if (id !== undefined && item['sk']?.['S'] === sort.deal) stored.add(id);
        changed(id);
      },
      engine: { onEvent: ({ name }) => changed(name) },
    },
    all: async (system) => {
      const running = handoffIds(system).toReversed();
      // Of what ended before this account was opened, the records are all there is.
      const ids = [...new Set([...running, ...[...stored].sort().reverse()])];
      const found = await Promise.all(ids.map((id) => one(system, id)));
      return found.filter((standing) => standing !== undefined);
    },
    one,
    touch: () => changed(undefined),
    version: () => version,
    watch: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}

/** The names of all executions of the state machine, the oldest first: a handoff's execution has its id as name. */
export const handoffIds = ({ account, stateMachineArn }: System): string[] =>
  account.stepFunctions
    .executions()
    .filter((execution) => execution.stateMachineArn === stateMachineArn)
    .map(({ name }) => name);

async function readStanding(
  system: System,
  records: Pick<Handoffs, 'load'>,
  id: string,
): Promise<Standing | undefined> {
  const { status, stoppedAt } = system.account.stepFunctions.execution(executionArn(system, id)) ?? {};
  const handoff = await readHandoff(
    { deals: system.world.deals, handoffs: records },
    id,
    status && { status, ...(stoppedAt !== undefined && { stopDate: new Date(stoppedAt) }) },
  );
  if (handoff === undefined) return undefined;
  const asked = openSteps(handoff, 0).length > 0;
  // Where nobody is asked anything, the states of the execution tell where it stands.
  const execution = asked || status !== 'RUNNING' ? undefined : await readExecution(system, id);
  return { ...handoff, states: execution ? currentStates(execution.events) : [] };
}
