import { playbookHashOf } from '../../../functions/domain/handoff/playbook-hash.ts';
import { upgradeProblems } from '../../../functions/domain/handoff/upgrade.ts';
import { freezePlaybook } from '../../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { WorldOf } from '../../../functions/ports/world.ts';
import { frozenChanges } from '../../../statemachines/advice/frozen-changes.ts';
import { machineDifferences } from '../../../statemachines/advice/machine-differences.ts';
import { compile } from '../../../statemachines/compile.ts';

const upgradeUses = ['handoffs.load', 'handoffs.adopt', 'audit.write'] as const;

export interface UpgradeOptions {
  readonly world: WorldOf<typeof upgradeUses>;
  readonly handoffId: string;
  /** The shipped playbook of a name; undefined when there is none. */
  readonly playbookNamed: (name: string) => Playbook | undefined;
  /** The state machine that the handoff's execution runs on, ASL as JSON; undefined when it has no running execution. */
  readonly definitionOf: (handoffId: string) => Promise<string | undefined>;
  readonly hashOf: (text: string) => string;
  /** UTC. */
  readonly at: Instant;
  readonly dryRun: boolean;
  /** Says what was done, line by line. */
  readonly say: (line: string) => void;
}

/**
 * Moves a running handoff to today's rules where that is safe; open steps keep what was asked until they are asked next. Says
 * what changes, or every reason against it. Answers false when the handoff stays as it is for such a reason.
 */
export async function upgradeHandoff(options: UpgradeOptions): Promise<boolean> {
  const { world, handoffId, hashOf, at, dryRun, say } = options;
  const refuse = (problems: readonly string[]): false => {
    say(`The handoff ${handoffId} keeps its rules:`);
    for (const problem of problems) say(`- ${problem}`);
    return false;
  };
  const record = await world.handoffs.load(handoffId);
  if (!record) return refuse(['No such handoff has begun.']);
  const { state, playbook: before } = record;
  const playbook = options.playbookNamed(before.name);
  if (!playbook) return refuse([`No playbook is called "${before.name}" any more.`]);
  const { segment, industry } = state;
  const unknown = [
    ...(playbook.segments[segment] ? [] : [`The playbook has no segment "${segment}" today.`]),
    ...(industry === undefined || playbook.industries[industry]
      ? []
      : [`The playbook has no industry "${industry}" today.`]),
  ];
  if (unknown.length > 0) return refuse(unknown);
  const frozen = freezePlaybook(playbook, { segment, ...(industry !== undefined && { industry }) });
  const hash = playbookHashOf(frozen, hashOf);
  const changes = frozenChanges(before, frozen);
  if (hash === state.playbookHash || changes.length === 0) {
    say(`The handoff ${handoffId} follows today's rules already.`);
    return true;
  }
  const problems = upgradeProblems({ record, frozen, at });
  const differences = problems.length > 0 ? [] : await drawnOtherwise(options, playbook);
  if (problems.length + differences.length > 0) return refuse([...problems, ...differences]);
  const move = { id: handoffId, from: state.playbookHash, to: hash, playbook: frozen };
  if (!dryRun && !(await world.handoffs.adopt(move)))
    return refuse(['It ended, or its rules changed, in this very moment.']);
  say(`The handoff ${handoffId} ${dryRun ? 'could be' : 'is'} moved to today's rules:`);
  for (const change of changes) say(`- ${change}`);
  say('What is open keeps its owner and its due time until it is asked next.');
  if (dryRun) return true;
  const detail = `Moved to today's rules: ${changes.join(' ')}`;
  await world.audit.write(handoffId, {
    at,
    who: 'system',
    what: 'rules-changed',
    detail: detail.length > longestDetail ? `${detail.slice(0, longestDetail)} …` : detail,
    from: 'command',
  });
  return true;
}

const longestDetail = 4000;

async function drawnOtherwise(
  { handoffId, definitionOf }: UpgradeOptions,
  playbook: Playbook,
): Promise<readonly string[]> {
  const definition = await definitionOf(handoffId);
  if (definition === undefined) return ['It has no execution that runs.'];
  return machineDifferences(JSON.parse(definition), compile(playbook)).map(
    (difference) => `Its execution runs on another state machine: ${difference}.`,
  );
}
