import { createClock } from '../../../../infra/account/clock.ts';
import type { Told } from '../../../../infra/local/crm/fake-crm.ts';

/** What a fake CRM needs around it: a clock, and somebody who hears what it tells and answers with a status. */
export function hearing(start: string, answer: (told: Told, nth: number) => number = () => 200) {
  const clock = createClock({ start: Date.parse(start) });
  const heard: { readonly told: Told; readonly at: string }[] = [];
  return {
    clock,
    heard,
    tell: async (told: Told): Promise<number> => {
      heard.push({ told, at: new Date(clock.now()).toISOString() });
      return answer(told, heard.length);
    },
    /** Moves the clock by so many seconds. */
    pass: (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000),
  };
}
