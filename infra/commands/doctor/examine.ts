import { connectionFailure } from '../aws-failure.ts';
import { causeOf } from '../patience.ts';
import type { Fixed } from './apply-fix.ts';
import { type Check, checks } from './checks.ts';
import type { Finding, Fix } from './finding.ts';
import type { Looked } from './look.ts';
import type { Circumstances } from './sight.ts';

/** A finding, by the check that found it, and what was done about it. */
export interface Diagnosis extends Finding {
  readonly check: string;
  /** With `--fix`. */
  readonly fixed?: Fixed;
}

/** What was judged, and what not. */
export interface Examined {
  readonly found: readonly Diagnosis[];
  /** In order; those that could be judged. */
  readonly judged: readonly Pick<Check, 'name' | 'title'>[];
  /** Checks that could not be judged. */
  readonly skipped: readonly Pick<Check, 'name' | 'title'>[];
}

/** Judges what was seen by every check that has what it takes. */
export function examine({ sight }: Pick<Looked, 'sight'>, known: Circumstances): Examined {
  const able = checks.filter(({ takes }) => takes.every((part) => sight[part] !== undefined));
  return {
    found: able.flatMap(({ name, find }) => find(sight, known).map((finding) => ({ check: name, ...finding }))),
    judged: able.map(({ name, title }) => ({ name, title })),
    skipped: checks.filter((each) => !able.includes(each)).map(({ name, title }) => ({ name, title })),
  };
}

/**
 * Does each fix once, whichever findings it mends, causes before what is mended with them. One that cannot be done is said so,
 * and the others are done.
 */
export async function fixAll(
  found: readonly Diagnosis[],
  apply: (fix: Fix) => Promise<Fixed>,
): Promise<readonly Diagnosis[]> {
  const done = new Map<string, Fixed>();
  const diagnoses: Diagnosis[] = [];
  for (const diagnosis of found) {
    const { fix } = diagnosis;
    if (!fix) {
      const cause = diagnoses.find(({ check, about }) => check === diagnosis.mendedWith && about === diagnosis.about);
      diagnoses.push({ ...diagnosis, ...(cause?.fixed && { fixed: cause.fixed }) });
      continue;
    }
    const key = JSON.stringify(fix);
    const fixed = done.get(key) ?? (await apply(fix).catch(notDone));
    done.set(key, fixed);
    diagnoses.push({ ...diagnosis, fixed });
  }
  return diagnoses;
}

function notDone(error: unknown): Fixed {
  const cause = causeOf(error);
  if (connectionFailure(cause) !== undefined) throw cause;
  return { done: false, said: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) };
}
