import { bodyText, isObject, type Service, type WireHandler } from './message.ts';
import { restProtocol } from './rest.ts';

/** Lambda's REST API over `service` (actions Invoke, ListFunctions, GetFunction, GetFunctionConfiguration). */
export function lambdaProtocol(service: Service, newId: () => string): WireHandler {
  return restProtocol('Lambda', newId, [
    {
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      run: async ({ parts, request }) => {
        const type = request.headers['x-amz-invocation-type'];
        const answer = await service.call('Invoke', {
          ...parts,
          Payload: bodyText(request.body),
          ...(type === undefined ? {} : { InvocationType: type }),
        });
        if (!isObject(answer)) return {};
        const { StatusCode, ExecutedVersion, FunctionError, Payload } = answer;
        return {
          status: Number(StatusCode),
          headers: {
            ...(ExecutedVersion === undefined ? {} : { 'x-amz-executed-version': String(ExecutedVersion) }),
            ...(FunctionError === undefined ? {} : { 'x-amz-function-error': String(FunctionError) }),
          },
          text: String(Payload ?? ''),
        };
      },
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions',
      run: async () => ({ body: await service.call('ListFunctions', {}) }),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/{FunctionName}',
      run: async ({ parts }) => ({ body: await service.call('GetFunction', parts) }),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/{FunctionName}/configuration',
      run: async ({ parts }) => ({ body: await service.call('GetFunctionConfiguration', parts) }),
    },
  ]);
}
