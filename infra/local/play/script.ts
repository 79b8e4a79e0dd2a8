import { z } from 'zod';

/** One answer of a script: what somebody does about a step, and how long after they were asked. */
const answerSchema = z.union([
  z.literal('never'),
  z.strictObject({
    /** ISO 8601 duration since the ask, e.g. `PT3H` or `P2D`; like a prompt person unless said. */
    after: z
      .string()
      .regex(/^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/, {
        error: 'an ISO 8601 duration such as PT3H or P2D',
      })
      .optional(),
    choice: z.string().min(1).optional(),
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
    /** Mail address of whoever acts; the owner of the step unless said. */
    by: z.email().optional(),
  }),
]);

export type ScriptedAnswer = z.infer<typeof answerSchema>;

const scriptSchema = z.record(z.string(), z.union([answerSchema, z.array(answerSchema)]));

/** What people do, by step id. A list is used up ask by ask, then they are prompt; a single answer is given every time. */
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
