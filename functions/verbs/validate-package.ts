import { toldWithFirstRequests } from '../domain/handoff/told-together.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { roleIds } from '../domain/playbook/roles.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { type Begun, beginHandoff, beginHandoffUses } from './begin-handoff.ts';
import { openReached, openReachedUses } from './open-reached.ts';

export interface Validated {
  /** The steps this handoff has. */
  readonly steps: readonly string[];
  readonly packageComplete: boolean;
  /** The roles that nobody holds yet: the assignment rules found nobody, or the roster has nobody. */
  readonly unheldRoles: readonly string[];
  /** What is told with the first requests, and so by no state of its own: `<step>/<what is said>`. */
  readonly toldWithRequests: readonly string[];
  /** What state machines of earlier versions are to schedule: nothing, as it is scheduled by now. */
  readonly reminders: Readonly<Record<string, never>>;
  /** Whether the assignment rules found somebody: what state machines of the first version ask. */
  readonly assigned: boolean;
}

export interface ValidateRequest {
  readonly handoffId: string;
  /** When the state was entered, UTC. */
  readonly at: Instant;
  /** The open item that the execution asks for; none, or left out by earlier versions, when it is a handoff's. */
  readonly item?: string | null;
}

const nothingToValidate: Validated = {
  steps: [],
  packageComplete: true,
  unheldRoles: [],
  toldWithRequests: [],
  reminders: {},
  assigned: true,
};

export const validatePackageUses = [...beginHandoffUses, ...openReachedUses] as const;

type Validating = WorldOf<typeof validatePackageUses>;

/**
 * Begins the handoff (see `beginHandoff`) and opens what is asked first, so that who takes over need not be told by itself where those
 * requests tell it. Called again, it answers with what stands. The execution of an open item only passes through: `item` is its step.
 * Throws when there is no such deal: the execution then fails loudly.
 */
export const validatePackage =
  (world: Validating, playbook: Playbook, hashOf: (text: string) => string) =>
  async ({ handoffId, at, item }: ValidateRequest): Promise<Validated> => {
    if (item) return nothingToValidate;
    const begun = await beginHandoff(world, playbook, hashOf)({ handoffId, at });
    const { state, playbook: frozen } = begun.record;
    return {
      steps: Object.keys(frozen.steps),
      reminders: {},
      packageComplete: state.packageComplete,
      unheldRoles: roleIds.filter((role) => state.people[role] === undefined),
      // Of one that began before, somebody may have been told: the state that tells it finds out.
      toldWithRequests: begun.isNew ? await openFirst(world, begun, at) : [],
      assigned: state.people.customerSuccessManager !== undefined,
    };
  };

/** Opens what is asked first; what is told with those requests. */
async function openFirst(world: Validating, { record, people }: Begun, at: Instant): Promise<readonly string[]> {
  const opened = await openReached(world, { record, people, at });
  return toldWithFirstRequests({ record: opened, people, calendarOf: world.calendarOf, at });
}
