import fc from 'fast-check';
import { expect } from 'vitest';
import type { Crm } from '../../../functions/ports/crm.ts';
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

/** Somebody's data, which stands in answers and in what is written, and must stand in no error. */
const personal = 'h@nordwind.example';

/** Any JSON, that data among it. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue(), fc.constant(personal), fc.constant(null));

/** A record whose members, all of them optional, are anything. */
export const broken = (names: readonly string[]): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });

/**
 * Expects a CRM to throw nothing but its two errors, without personal data, from whatever answer on its answers are none: `connect`
 * is given what answers in place of the CRM, undefined where the CRM does.
 */
export async function expectNamedErrors(
  body: fc.Arbitrary<unknown>,
  connect: (between: () => CrmAnswer | undefined) => { readonly crm: Crm; readonly dealId: string },
): Promise<void> {
  const answer = fc.record({
    status: fc.constantFrom(200, 200, 200, 204, 400, 401, 404, 500),
    body,
    cut: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(answer), fc.nat(9), async (answers, good) => {
      let left = good;
      const { crm, dealId } = connect(() => {
        if (left-- > 0) return undefined;
        const { status, body: said, cut } = answers.next().value;
        const whole = answerOf(status, said);
        return cut ? { ...whole, text: whole.text.slice(1) } : whole;
      });
      const calls = [
        () => crm.readDeal(dealId),
        () => crm.dealStates([dealId]),
        () => crm.wonSince('2026-11-01T00:00:00Z'),
        () => crm.write(dealId, { status: personal }),
        () => crm.addNote(dealId, { text: personal, at: '2026-11-01T00:00:00Z' }),
      ];
      for (const call of calls) {
        const thrown: unknown = await call().then(
          () => undefined,
          (error: unknown) => error,
        );
        if (thrown === undefined) continue;
        expect(['CrmUnavailable', 'CrmAccessRefused']).toContain(thrown instanceof Error && thrown.name);
        expect(String(thrown)).not.toContain(personal);
      }
    }),
    { numRuns: 200 },
  );
}
