import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { RecordedFact } from '../../../functions/domain/reports/fact.ts';
import type { MeasuredHandoff } from '../../../functions/domain/reports/measured-handoff.ts';
import { weekOf } from '../../../functions/domain/time/weeks.ts';
import type { System } from '../system.ts';
import { drawsOf } from './draws.ts';

/** What was measured of a story. */
export interface StoryMeasured {
  readonly rows: readonly MeasuredHandoff[];
  /** What stands, by handoff. */
  readonly standing: ReadonlyMap<string, readonly RecordedFact[]>;
  /** Every fact that was recorded in the weeks of the story, superseded ones among it. */
  readonly recorded: readonly RecordedFact[];
  /** Mail addresses by the ids in facts. */
  readonly people: ReadonlyMap<string, string>;
  /** What rows said on the way, oldest first. */
  readonly nights: readonly MeasuredNight[];
}

/** Rows as they stood after a night: `asOf` when they were measured. */
export interface MeasuredNight {
  readonly asOf: string;
  readonly rows: readonly MeasuredHandoff[];
}

const day = 86_400_000;
/** When handoffs are measured, in milliseconds after midnight (UTC). */
const measuredAt = 70 * 60_000;
/** Many nights are missed: what they would have found, a later one has to. */
const measuredNights = 0.15;

/** As the stage's schedule does: nobody waits for it, and what fails or is throttled is tried again. */
const measure = ({ clients, clock }: System) =>
  clients.lambda.send(
    new InvokeCommand({
      FunctionName: 'measure',
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify({ time: new Date(clock.now()).toISOString() })),
    }),
  );

/**
 * Measures in some of the nights, drawn from the seed, as long as anything else happens. Returns what rows said in each, which grows
 * until then.
 */
export function measureInNights(system: System, seed: number): readonly MeasuredNight[] {
  const { clock } = system;
  const draws = drawsOf(seed);
  const nights: MeasuredNight[] = [];
  const arm = (at: number, wasMeasured: boolean): void => {
    clock.daemon(at, async () => {
      const isMeasured = draws.chance(measuredNights);
      arm(at + day, isMeasured);
      if (wasMeasured) {
        const { asOf, handoffs: rows } = await system.world.measured.between('2000-01', '2100-01');
        if (asOf !== undefined) nights.push({ asOf, rows });
      }
      if (isMeasured) await measure(system);
    });
  };
  arm(Math.floor(clock.now() / day) * day + day + measuredAt, false);
  return nights;
}

/** Measures once more, when all is over, and looks at everything there is then. `from`: when the story began, in milliseconds. */
export async function measuredIn(
  system: System,
  { from, nights }: { readonly from: number; readonly nights: readonly MeasuredNight[] },
): Promise<StoryMeasured> {
  await measure(system);
  await system.clock.runToEnd();
  const { facts, measured, pseudonyms } = system.world;
  const { handoffs: rows } = await measured.between('2000-01', '2100-01');
  const standing = new Map<string, readonly RecordedFact[]>();
  for (const { id } of rows) standing.set(id, await facts.of(id));
  const times = [...standing.values()].flat().map(({ at }) => Date.parse(at));
  const weeks = new Set<string>();
  const [first, last] = [Math.min(from, ...times), Math.max(system.clock.now(), ...times)];
  for (let at = first - 7 * day; at <= last + 7 * day; at += day) weeks.add(weekOf(new Date(at).toISOString(), 'UTC'));
  const recorded: RecordedFact[] = [];
  for (const week of weeks) recorded.push(...(await facts.inWeek(week)));
  return { rows, standing, recorded, people: await pseudonyms.everybody(), nights };
}
