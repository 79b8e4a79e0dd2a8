import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import type { Anchor, FlowItem, Playbook, StepRule } from '../../functions/domain/playbook/playbook.ts';

/** Where a step stands in the flow. */
export interface Position {
  /** The steps that are over when this one begins, in the order of the flow. */
  readonly before: ReadonlySet<string>;
  /** The steps before it that stand in the same row of the flow, outside any branches beside each other. */
  readonly sameRow: ReadonlySet<string>;
  /** The nearest step before it that announces something: its mail finds out when later steps open. */
  readonly announcer?: string;
}

/** Every step of the flow with its position; of a step that comes twice, the last. */
export function positionsOf(playbook: Playbook): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>();
  const walk = (flow: readonly FlowItem[], outer: { before: readonly string[]; announcer: string | undefined }) => {
    const before = [...outer.before];
    const sameRow: string[] = [];
    let { announcer } = outer;
    for (const item of flow) {
      if (typeof item !== 'string') {
        const begun = { before: [...before], announcer };
        before.push(...item.beside.flatMap((branch) => walk(branch, begun)));
        continue;
      }
      positions.set(item, {
        before: new Set(before),
        sameRow: new Set(sameRow),
        ...(announcer !== undefined && { announcer }),
      });
      const rule: StepRule | undefined = playbook.steps[item];
      if (rule?.kind === 'ask' && rule.announce) announcer = item;
      before.push(item);
      sameRow.push(item);
    }
    return before.slice(outer.before.length);
  };
  const gone = walk(playbook.flow, { before: [], announcer: undefined });
  // What is offered outside the flow is offered late in it.
  for (const [id, rule] of Object.entries<StepRule>(playbook.steps))
    if (rule.kind === 'ask' && (rule.optional || rule.settles) && !positions.has(id))
      positions.set(id, { before: new Set(gone), sameRow: new Set() });
  return positions;
}

/** The ask steps that bring an anchor about. */
export const markersOf = (steps: Playbook['steps'], anchor: Anchor): string[] =>
  askSteps({ steps }).flatMap(({ id, rule }) => (rule.marks === anchor ? [id] : []));
