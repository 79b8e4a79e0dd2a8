import { z } from 'zod';

/** One answer of a script: what somebody does about a step, and how long after they were asked. */
const answerSchema = z.union([
  z.literal('never'),
  z.strictObject({
    /**
     * ISO 8601 duration, e.g. `PT3H` or `P2D`; like a prompt person unless said. It counts from the ask, after an answer that
     * left the step open from that, and after waiting for the customer from the mail that says that the time is over.
     */
    after: z
      .string()
      .regex(/^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/, {
        error: 'an ISO 8601 duration such as PT3H or P2D',
      })
      .optional(),
    choice: z.string().min(1).optional(),
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
    /** Mail address of whoever acts, as soon as a mail gave them a link to the step; its owner unless said. */
    by: z.email().optional(),
  }),
]);

export type ScriptedAnswer = z.infer<typeof answerSchema>;

const scriptSchema = z.record(z.string(), z.union([answerSchema, z.array(answerSchema)]));

/**
 * What people do, by step id. A list is used up answer by answer, then they are prompt; a single answer is given at every
 * ask, and they are prompt once it has left the step open.
 */
export type Script = z.infer<typeof scriptSchema>;

/** Parses a script; throws an Error that names every problem. */
export function parseScript(value: unknown, steps: readonly string[]): Script {
  const parsed = scriptSchema.safeParse(value);
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'script'}: ${message}`).join('\n'),
    );
  const unknown = Object.keys(parsed.data).filter((step) => !steps.includes(step));
  if (unknown.length > 0)
    throw new Error(`No step is called ${unknown.map((step) => `"${step}"`).join(', ')}. Steps: ${steps.join(', ')}.`);
  return parsed.data;
}

/** How people behave when no script says otherwise. */
export type Manner = 'prompt' | 'late' | 'silent';
