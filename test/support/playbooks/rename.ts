import type { FlowItem, Overlay, Playbook, StepRule } from '../../../functions/domain/playbook/playbook.ts';

/** The names a playbook gives, each with another one. */
export interface Renaming {
  readonly steps: ReadonlyMap<string, string>;
  readonly meetings: ReadonlyMap<string, string>;
  readonly ladders: ReadonlyMap<string, string>;
}

/** A new name for every step, meeting and ladder; the same seed gives the same names. */
export function randomNames(playbook: Playbook, random: () => number): Renaming {
  const taken = new Set<string>();
  const word = () => Array.from({ length: 5 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
  const newName = (): string => {
    const name = `${word()}-${word()}`;
    if (taken.has(name)) return newName();
    taken.add(name);
    return name;
  };
  const renamed = (table: object) => new Map(Object.keys(table).map((name) => [name, newName()]));
  return { steps: renamed(playbook.steps), meetings: renamed(playbook.meetings), ladders: renamed(playbook.ladders) };
}

/** The same playbook under other names. Throws for a name that nobody gave. */
export function renamePlaybook(playbook: Playbook, { steps, meetings, ladders }: Renaming): Playbook {
  const step = of(steps);
  const meeting = of(meetings);
  const ladder = of(ladders);
  const flow = (items: readonly FlowItem[]): readonly FlowItem[] =>
    items.map((item) => (typeof item === 'string' ? step(item) : { ...item, beside: item.beside.map(flow) }));
  const rule = (given: StepRule): StepRule => {
    if (given.kind === 'tell') return given;
    const { plans, holds, approves, announce, returns, review } = given;
    return {
      ...given,
      ladder: ladder(given.ladder),
      ...(plans && { plans: meeting(plans) }),
      ...(holds && { holds: meeting(holds) }),
      ...(approves && { approves: step(approves) }),
      ...(announce && { announce: { ...announce, ...(announce.offers && { offers: step(announce.offers) }) } }),
      ...(review && { review: { ...review, ladder: ladder(review.ladder) } }),
      ...(returns && { returns: { ...returns, to: step(returns.to) } }),
    };
  };
  const overlay = (given: Overlay): Overlay => ({
    ...given,
    ...(given.with && { with: given.with.map(step) }),
    ...(given.without && { without: given.without.map(step) }),
    ...(given.steps && {
      steps: under(step, given.steps, (change) => ({
        ...change,
        ...(change?.ladder && { ladder: ladder(change.ladder) }),
      })),
    }),
    ...(given.meetings && { meetings: under(meeting, given.meetings, (change) => change) }),
    ...(given.ladders && { ladders: under(ladder, given.ladders, (change) => change) }),
  });
  const itself = (name: string) => name;
  return {
    ...playbook,
    steps: under(step, playbook.steps, rule),
    flow: flow(playbook.flow),
    meetings: under(meeting, playbook.meetings, (given) => given),
    ladders: under(ladder, playbook.ladders, (given) => given),
    segments: under(itself, playbook.segments, overlay),
    industries: under(itself, playbook.industries, overlay),
  };
}

/** The other way round. */
export const back = (names: ReadonlyMap<string, string>): ((name: string) => string) =>
  of(new Map([...names].map(([from, to]) => [to, from])));

function of(names: ReadonlyMap<string, string>): (name: string) => string {
  return (name) => {
    const renamed = names.get(name);
    if (renamed === undefined) throw new Error(`Nobody renamed "${name}".`);
    return renamed;
  };
}

const under = <T, U>(
  rename: (name: string) => string,
  table: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [rename(name), change(value)]));
