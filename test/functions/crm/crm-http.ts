import type { CrmAnswer, CrmHttp, CrmRequest } from '../../../functions/ports/crm-access.ts';

/** An answer of JSON. */
export const answerOf = (status: number, body?: unknown): CrmAnswer => ({
  status,
  headers: {},
  text: body === undefined ? '' : JSON.stringify(body),
});

/** HTTP that a function answers, with what it was asked. */
export function scripted(answer: (request: CrmRequest) => CrmAnswer): {
  readonly http: CrmHttp;
  readonly asked: readonly CrmRequest[];
} {
  const asked: CrmRequest[] = [];
  return {
    asked,
    http: async (request) => {
      asked.push(request);
      return answer(request);
    },
  };
}
