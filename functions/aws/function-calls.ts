import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Functions } from '../ports/functions.ts';

/** One attempt: whoever calls again waits longer than a client would. */
export const lambdaOfEnvironment = (): LambdaClient => new LambdaClient({ maxAttempts: 1 });

/** Functions by their ARNs, called through Lambda. */
export function functionCalls(client: LambdaClient): Functions {
  return {
    async call(functionArn, event) {
      const { FunctionError, Payload } = await client.send(
        new InvokeCommand({ FunctionName: unqualified(functionArn), Payload: JSON.stringify(event) }),
      );
      const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
      if (FunctionError === undefined) return answer;
      const { errorType = FunctionError, errorMessage = '' } = Object(answer);
      throw Object.assign(new Error(String(errorMessage)), { name: String(errorType) });
    },
  };
}

/** Lambda tells of a failure under `$LATEST`, for which a role has no permission of its own. */
const unqualified = (functionArn: string): string => functionArn.replace(/(:function:[^:]+):.*$/, '$1');
