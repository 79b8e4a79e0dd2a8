import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { dealEvent } from '../support/deals.ts';
import { anna, lena } from '../support/handoff-record.ts';
import { upTo, won } from '../support/progress.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

/** What DynamoDB takes in one item, in bytes. */
const mostBytes = 400 * 1024;

/** The size of every item, by its sort key; as JSON it is a little larger than in the table. */
const sizes = async (system: OpenSystem): Promise<ReadonlyMap<unknown, number>> =>
  new Map((await system.dump()).map((item) => [item['sk'], Buffer.byteLength(JSON.stringify(item, asKept))]));

const asKept = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? 'x'.repeat(value.length) : value;

/** Three bytes a character, which nothing packs to less than half of it: the same each time. */
const longest = (length: number, start = ''): string => {
  let text = start;
  for (let drawn = length + start.length; text.length < length; ) {
    drawn = (drawn * 1_103_515_245 + 12_345) % 2 ** 31;
    text += String.fromCharCode(0x4e00 + (drawn % 20_000));
  }
  return text.slice(0, length);
};

describe('Texts as long as the forms take them, in another script', () => {
  it('go back and forth forty times: every round is kept, and no item outgrows the table', course, async () => {
    const { system, id } = await upTo('review-brief');
    const returns = 40;
    const gaps = Array.from({ length: 20 }, (_, i) => longest(1000, `Question ${i} `));
    for (let round = 1; round <= returns; round++) {
      const back = await system.answer(lena, 'review-brief', 'return', { gaps: gaps.join('\n') });
      expect([round, back.status]).toEqual([round, 200]);
      const answers = gaps.map((_, i) => [`answers.${i}`, longest(1000, `Answer ${i} of round ${round} `)]);
      const again = await system.answer(anna, 'complete-package', 'complete', Object.fromEntries(answers));
      expect([round, again.status]).toEqual([round, 200]);
    }
    expect((await system.answer(lena, 'review-brief', 'accept')).status).toBe(200);
    const { steps } = await system.load(id);
    expect(steps['review-brief']).toMatchObject({ round: returns + 1, decision: { choice: 'accept' } });
    expect(steps['review-brief']?.earlier.map(({ round, decision }) => [round, decision?.choice])).toEqual(
      Array.from({ length: returns }, (_, i) => [i + 1, 'return']),
    );
    // Nobody was asked for the package in the first round: it was complete.
    const answered = [...(steps['complete-package']?.earlier ?? []), steps['complete-package']];
    expect(answered.map((each) => each?.decision?.evidence['answers'])).toHaveLength(returns);
    expect(JSON.stringify(answered.at(-1)?.decision?.evidence)).toContain('Answer 19 of round 40 ');
    const largest = Math.max(...(await sizes(system)).values());
    expect(largest).toBeGreaterThan(10_000);
    expect(largest).toBeLessThan(mostBytes / 2);
  });

  it('fit where an exception is asked for and declined, of every answer at once', course, async () => {
    const system = await openSystem({ at: won, playbook });
    const id = await system.win(dealEvent({ package: {} }));
    const reason = longest(2000);
    const pending = async () => (await system.load(id)).steps['complete-package']?.exceptions?.at(-1);
    for (let times = 0; times < 3; times++) {
      expect((await system.answer(anna, 'complete-package', 'request-exception', { reason })).status).toBe(200);
      const { reviewer = '', askedAt = '' } = (await pending()) ?? {};
      if (Date.parse(askedAt) > Date.parse(system.now())) await system.until(askedAt);
      expect((await system.answer(reviewer, 'complete-package', 'decline-exception', { reason })).status).toBe(200);
    }
    const { exceptions = [] } = (await system.load(id)).steps['complete-package'] ?? {};
    expect(exceptions.map(({ answer }) => answer?.fields.length)).toEqual([33, 33, 33]);
    expect((await sizes(system)).get('STEP#complete-package')).toBeLessThan(60_000);
  });

  it(
    'are refused with what to do where they no longer fit: nothing is written, and nothing typed is lost',
    course,
    async () => {
      const { system, id } = await upTo('review-brief');
      // Paused so often that another reason has no room.
      const pauses = [{ from: system.now(), until: system.now(), by: lena, reason: 'x'.repeat(mostBytes - 6000) }];
      await system.clients.dynamodb.send(
        new UpdateItemCommand({
          TableName: 'handoff',
          Key: { pk: { S: `HANDOFF#${id}` }, sk: { S: 'STEP#review-brief' } },
          UpdateExpression: 'SET pauses = :pauses',
          ExpressionAttributeValues: { ':pauses': { S: JSON.stringify(pauses) } },
        }),
      );
      const before = (await system.load(id)).steps['review-brief'];
      const gaps = Array.from({ length: 10 }, (_, i) => longest(900 - i, `${i} Who decides? `)).join('\n');
      const { status, html } = await system.answer(lena, 'review-brief', 'return', { gaps });
      expect(status).toBe(422);
      expect(html).toContain('This is more text than fits. Shorten the longest one, or link to a document');
      for (const gap of gaps.split('\n')) expect(html).toContain(gap);
      expect((await system.load(id)).steps['review-brief']).toEqual(before);
      expect((await system.answer(lena, 'review-brief', 'accept')).status).toBe(200);
    },
  );

  it('of an action are refused beyond 2,000 characters', async () => {
    const { system } = await upTo('review-brief');
    const reason = longest(2001);
    const { status, html } = await system.answer(lena, 'review-brief', 'wait-for-customer', {
      until: '2026-11-20',
      reason,
    });
    expect(status).toBe(422);
    expect(html).toContain('What we are waiting for must be 2,000 characters or fewer, now 2,001');
  });
});
