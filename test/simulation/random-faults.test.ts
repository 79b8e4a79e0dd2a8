import { expect, it } from 'vitest';
import { randomFaults } from '../../infra/local/simulate/random-faults.ts';

const minute = 60_000;

/** Calls of functions by whoever asks for them, one in each of so many minutes; what was drawn for each. */
function invocations(minutes: number, payloads: readonly string[]) {
  let at = 0;
  const faults = randomFaults({
    seed: 1,
    weather: 'heavy',
    outages: [{ service: 'lambda', fault: 'throttled', from: 10 * minute, until: 20 * minute }],
    now: () => at,
    quietAfter: minutes * minute,
  });
  const drawn = Array.from({ length: minutes }, (_, i) => {
    at = i * minute;
    return Object.fromEntries(
      payloads.map((Payload) => {
        const parameters = { FunctionName: 'handoff-notify', Payload };
        return [Payload, faults.next({ service: 'lambda', action: 'Invoke', parameters, functionName: undefined })];
      }),
    );
  });
  return { drawn, faults: faults.drawn };
}

const [one, other] = ['{"handoffId":"D-1","step":"one"}', '{"handoffId":"D-1","step":"other"}'];

it('a function is throttled now and then, and all the time in an outage of Lambda; nothing else happens to it', () => {
  const { drawn, faults } = invocations(2000, [one]);
  const throttled = drawn.filter((each) => each[one] === 'throttled').length;
  expect(drawn.slice(10, 20).every((each) => each[one] === 'throttled')).toBe(true);
  expect(throttled - 10).toBe(faults.length);
  expect(faults.length).toBeGreaterThan(30);
  expect(faults.length).toBeLessThan(100);
  expect(new Set(faults.map(({ fault, call }) => `${fault} ${call}`))).toEqual(
    new Set(['throttled whoever asks → lambda:Invoke handoff-notify']),
  );
});

it('a read is answered from before only where it need not be consistent', () => {
  const faults = randomFaults({ seed: 1, weather: 'heavy', outages: [], now: () => 0, quietAfter: minute });
  const drawn = (action: string, parameters: object) =>
    Array.from({ length: 200 }, (_, i) =>
      faults.next({
        service: 'dynamodb',
        action,
        parameters: { Key: { sk: { S: `${i}` } }, ...parameters },
        functionName: 'notify',
      }),
    ).filter((fault) => fault === 'stale answer').length;
  expect(drawn('GetItem', { ConsistentRead: true })).toBe(0);
  expect(drawn('Query', { ConsistentRead: true })).toBe(0);
  expect(drawn('BatchGetItem', { RequestItems: { notes: { ConsistentRead: true } } })).toBe(0);
  expect(drawn('PutItem', {})).toBe(0);
  expect(drawn('GetItem', {})).toBeGreaterThan(50);
  expect(drawn('Query', { IndexName: 'byOwner' })).toBeGreaterThan(50);
  expect(drawn('BatchGetItem', { RequestItems: { notes: {} } })).toBeGreaterThan(50);
});

it('what is drawn for the one step hangs on no other that is asked for at the same moment', () => {
  const { drawn } = invocations(500, [one, other]);
  const { drawn: inOtherOrder } = invocations(500, [other, one]);
  expect(inOtherOrder).toEqual(drawn);
  expect(drawn.some((each) => each[one] !== each[other])).toBe(true);
});
