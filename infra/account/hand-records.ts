import type { Lambda } from './lambda.ts';

/** Hands records of a queue or a stream to a function; whether that went well. */
export async function handRecords(
  lambda: Pick<Lambda, 'invoke'>,
  functionName: string,
  records: readonly object[],
): Promise<boolean> {
  try {
    const { functionError } = await lambda.invoke(functionName, JSON.stringify({ Records: records }));
    return functionError === undefined;
  } catch {
    // Throttled, or not there: as good as failed.
    return false;
  }
}
