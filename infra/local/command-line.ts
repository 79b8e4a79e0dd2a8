/** Whether the words of a command are off: what `parseArgs` of node:util throws. */
export const isUsageError = (error: unknown): error is TypeError =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/** Runs a command that measures something: words that are off end it with its usage and exit code 2. */
export async function runMeasurement(main: () => Promise<number>, usage: string): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!isUsageError(error)) throw error;
    console.log(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
}
