import { describe, expect, it } from 'vitest';
import { pacedHttp } from '../../../functions/crm/paced-http.ts';
import type { CrmAnswer } from '../../../functions/ports/crm-access.ts';
import { CrmUnavailable } from '../../../functions/ports/errors.ts';

const fine: CrmAnswer = { status: 200, headers: {}, text: '{}' };
const busy = (headers: CrmAnswer['headers'] = {}, text = '{}'): CrmAnswer => ({ status: 429, headers, text });
const request = { method: 'GET', url: 'https://crm.example.com', headers: {} } as const;

/** HTTP that answers with these, the last one for good, in time that goes by only as somebody waits. */
function paced(answers: readonly CrmAnswer[], seconds = Number.POSITIVE_INFINITY) {
  let time = 0;
  const asked: number[] = [];
  const waiting = {
    now: () => time,
    pause: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
  const http = pacedHttp(
    async () => {
      asked.push(time);
      return answers[asked.length - 1] ?? answers.at(-1) ?? fine;
    },
    waiting,
    () => seconds * 1000 - time,
  );
  return { asked, ask: () => http(request) };
}

describe('paced HTTP', () => {
  it('begins five requests a second at most, also where they are asked for at once', async () => {
    const { asked, ask } = paced([fine]);
    for (let i = 0; i < 3; i++) await ask();
    expect(asked).toEqual([0, 200, 400]);
    await Promise.all([ask(), ask()]);
    await ask();
    for (const [i, at] of asked.entries()) expect(at).toBeGreaterThanOrEqual(i * 200);
  });

  it.each([
    ['as long as it says', busy({ 'retry-after': '3' }), 3000],
    ['as long as its window goes', busy({ 'x-ratelimit-reset': '2' }), 2000],
    ['ten seconds where it says nothing', busy(), 10_000],
    ['ten seconds where it says no number', busy({ 'retry-after': 'Fri, 20 Nov 2026 03:00:10 GMT' }), 10_000],
    ['ten seconds where it says none', busy({ 'retry-after': '0' }), 10_000],
  ])('waits %s', async (_, answer, wait) => {
    const { asked, ask } = paced([answer, fine]);
    expect([(await ask()).status, asked]).toEqual([200, [0, wait]]);
  });

  it.each([
    ['HubSpot', busy({}, '{"status":"error","policyName":"DAILY"}')],
    ['Pipedrive', busy({ 'x-daily-ratelimit-token-remaining': '0', 'retry-after': '2' })],
  ])('does not wait where the budget of the day is used up in %s', async (_, answer) => {
    const { asked, ask } = paced([answer]);
    expect([(await ask()).status, asked]).toEqual([429, [0]]);
  });

  it('hands on what is no reason to wait, and gives up after five waits', async () => {
    const failing = paced([{ ...fine, status: 503 }]);
    expect([(await failing.ask()).status, failing.asked]).toEqual([503, [0]]);
    const { asked, ask } = paced([busy({ 'retry-after': '1' })]);
    expect([(await ask()).status, asked]).toEqual([429, [0, 1000, 2000, 3000, 4000, 5000]]);
  });

  it('waits no longer than there is time, and asks nothing once it is up', async () => {
    const { asked, ask } = paced([fine, busy({ 'retry-after': '40' })], 60);
    await ask();
    expect([(await ask()).status, asked]).toEqual([429, [0, 200]]);
    const late = paced([busy({ 'retry-after': '8' })], 60);
    expect((await late.ask()).status).toBe(429);
    expect(late.asked.at(-1)).toBeLessThanOrEqual(30_000);
    await expect(paced([fine], 29).ask()).rejects.toThrow(CrmUnavailable);
  });
});
