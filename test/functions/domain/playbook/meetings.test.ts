import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agendaOf, type MeetingRule } from '../../../../functions/domain/playbook/meetings.ts';

const meeting = (minutes: readonly number[]): MeetingRule => {
  const usual = minutes.reduce((sum, each) => sum + each, 0);
  return {
    title: 'Meeting',
    minutes: { usual, least: minutes.length, most: usual * 4 },
    who: ['accountExecutive'],
    agenda: minutes.map((each, i) => ({ title: `Item ${i + 1}`, minutes: each })),
  };
};
const lengths = (rule: MeetingRule, minutes: number) => agendaOf(rule, minutes).map((item) => item.minutes);

describe('the agenda of a meeting', () => {
  it('is as the table has it when the meeting takes as long as usual', () => {
    const rule = meeting([10, 5, 5, 10]);
    expect(agendaOf(rule, 30)).toEqual(rule.agenda);
  });

  it('keeps the shares when the meeting is shorter or longer', () => {
    expect(lengths(meeting([10, 5, 5, 10]), 60)).toEqual([20, 10, 10, 20]);
    expect(lengths(meeting([10, 20]), 15)).toEqual([5, 10]);
  });

  it('leaves a minute for everything, however short the meeting', () => {
    expect(lengths(meeting([58, 1, 1]), 3)).toEqual([1, 1, 1]);
  });

  it('adds up to the length of the meeting, with at least a minute for each item, in their order', () => {
    const agendas = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(agendas, fc.nat({ max: 500 }), (minutes, more) => {
        const rule = meeting(minutes);
        const length = minutes.length + more;
        const agenda = agendaOf(rule, length);
        expect(agenda.reduce((sum, item) => sum + item.minutes, 0)).toBe(length);
        for (const item of agenda) {
          expect(item.minutes).toBeGreaterThanOrEqual(1);
          expect(Number.isInteger(item.minutes)).toBe(true);
        }
        expect(agenda.map(({ title }) => title)).toEqual(rule.agenda.map(({ title }) => title));
      }),
    );
  });
});
