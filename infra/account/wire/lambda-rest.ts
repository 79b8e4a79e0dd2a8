import { bodyText, isObject, type Service, type WireHandler } from './message.ts';
import { queryParameters, restProtocol } from './rest.ts';

/** The headers that say something of an invocation, and what the API's reference calls it. */
const invocationHeaders: Readonly<Record<string, string>> = {
  'x-amz-invocation-type': 'InvocationType',
  'x-amz-log-type': 'LogType',
  'x-amz-client-context': 'ClientContext',
  'x-amz-tenant-id': 'TenantId',
  'x-amz-durable-execution-name': 'DurableExecutionName',
};

/** Lambda's REST API over `service` (actions Invoke, ListFunctions, GetFunction, GetFunctionConfiguration). */
export function lambdaProtocol(service: Service, newId: () => string): WireHandler {
  return restProtocol('Lambda', newId, [
    {
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      run: async ({ parts, query, request }) => {
        const said = Object.entries(invocationHeaders)
          .map(([header, name]) => [name, request.headers[header]] as const)
          .filter(([, value]) => value !== undefined);
        const answer = await service.call('Invoke', {
          ...queryParameters(query),
          ...Object.fromEntries(said),
          ...parts,
          Payload: bodyText(request.body),
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
      run: async ({ query }) => ({ body: await service.call('ListFunctions', queryParameters(query)) }),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/{FunctionName}',
      run: async ({ parts, query }) => ({
        body: await service.call('GetFunction', { ...queryParameters(query), ...parts }),
      }),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/{FunctionName}/configuration',
      run: async ({ parts, query }) => ({
        body: await service.call('GetFunctionConfiguration', { ...queryParameters(query), ...parts }),
      }),
    },
  ]);
}
