import type fc from 'fast-check';

/** A parser of outside data, and what must be so whatever it is given. Inputs are JSON, so that a find can be kept. */
export interface FuzzTarget {
  readonly inputs: fc.Arbitrary<unknown>;
  /** What is wrong, a sentence; undefined where nothing is. What it throws is wrong as well. */
  readonly problem: (input: unknown) => string | undefined | Promise<string | undefined>;
}

/** A target whose inputs have a shape. */
export const targetOf = <Input>(
  inputs: fc.Arbitrary<Input>,
  problem: (input: Input) => string | undefined | Promise<string | undefined>,
): FuzzTarget => ({ inputs, problem: (input) => problem(input as Input) });

/** What is wrong with how a target takes an input; undefined where nothing is. */
export async function problemOf({ problem }: FuzzTarget, input: unknown): Promise<string | undefined> {
  try {
    return await problem(input);
  } catch (error) {
    return error instanceof Error ? `It throws ${error.name}: ${error.message}` : 'It throws what is no error.';
  }
}
