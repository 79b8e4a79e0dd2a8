import { z } from 'zod';
import type { Overlay, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { actionFields } from '../../../functions/domain/step/step-actions.ts';

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

/** Parses a script for a playbook; throws an Error that names every problem. */
export function parseScript(value: unknown, playbook: Playbook): Script {
  const parsed = scriptSchema.safeParse(value);
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'script'}: ${message}`).join('\n'),
    );
  const steps = Object.keys(playbook.steps);
  const unknown = Object.keys(parsed.data).filter((step) => !steps.includes(step));
  const problems = [
    ...(unknown.length > 0
      ? [`No step is called ${unknown.map((step) => `"${step}"`).join(', ')}. Steps: ${steps.join(', ')}.`]
      : []),
    ...Object.entries(parsed.data).flatMap(([step, answers]) => choiceProblems(step, answers, playbook)),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return parsed.data;
}

/** Choices that a step offers in no variant of the playbook, and that are no action either. */
function choiceProblems(step: string, answers: Script[string], playbook: Playbook): string[] {
  if (!Object.hasOwn(playbook.steps, step)) return [];
  const own = choicesOf(step, playbook);
  const known = [...own, ...Object.keys(actionFields)];
  const said = (Array.isArray(answers) ? answers : [answers]).flatMap((answer) =>
    answer === 'never' || answer.choice === undefined ? [] : [answer.choice],
  );
  return [...new Set(said)]
    .filter((choice) => !known.includes(choice))
    .map((choice) =>
      own.length === 0
        ? `${step}: nobody is asked about this step, so that "${choice}" cannot be chosen.`
        : `${step}: no choice is called "${choice}". Choices: ${own.join(', ')}. Actions beside them: ${Object.keys(actionFields).join(', ')}.`,
    );
}

/** The ids of a step's choices, those of segments and industries with them. */
function choicesOf(step: string, { steps, segments, industries }: Playbook): string[] {
  const overlays: readonly Overlay[] = [...Object.values(segments), ...Object.values(industries)];
  const rule = steps[step];
  const rules = [...(rule?.kind === 'ask' ? [rule] : []), ...overlays.map((overlay) => overlay.steps?.[step])];
  return [...new Set(rules.flatMap((each) => each?.choices ?? []).map(({ id }) => id))];
}

/** How people behave when no script says otherwise. */
export type Manner = 'prompt' | 'late' | 'silent';
