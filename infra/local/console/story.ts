import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { employPeople } from '../play/people.ts';
import type { Sample } from '../samples.ts';
import type { System } from '../system.ts';
import { anotherDeal } from './another-deal.ts';
import type { Autoplay, Pace } from './autoplay.ts';
import { putEvent } from './bus.ts';
import { asPutting } from './deal-event.ts';

/** A sample deal that is played from its signature to its end, with people who do what they are asked. */
export interface Story {
  /** The id of the handoff it is about; undefined while none was begun. */
  handoff(): string | undefined;
  isPlaying(): boolean;
  /** Closes the deal and plays; gives the id of its handoff, or why there is none. */
  begin(): Promise<{ readonly handoff: string } | { readonly problem: string }>;
  /** Goes on after a pause. */
  goOn(): void;
}

export interface StoryWorld {
  readonly system: System;
  readonly autoplay: Autoplay;
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  /** The one of which the story tells. */
  readonly sample: Sample | undefined;
}

/** One moment at which something happens every so many milliseconds: all of it in under a minute. */
const eachMoment = 2000;
/** Timers at which nothing is written down are passed over, so many at a time. */
const mostTimers = 40;

export function createStory({ system, autoplay, playbook, roster, sample }: StoryWorld): Story {
  let handoff: string | undefined;

  const pace: Pace = {
    title: 'the story of a deal',
    milliseconds: eachMoment,
    move: async (clock) => {
      const id = handoff ?? '';
      const told = (await system.world.audit.trail(id)).length;
      for (let left = mostTimers; left > 0; left -= 1) {
        if (!(await clock.jumpToNext())) return false;
        if ((await system.world.audit.trail(id)).length > told) break;
      }
      const record = await system.world.handoffs.load(id);
      return record !== undefined && !isClosed(record.state.status);
    },
  };

  return {
    handoff: () => handoff,
    isPlaying: () => autoplay.pace() === pace,
    begin: async () => {
      await autoplay.pause();
      const deal = anotherDeal(system, sample);
      if (deal === undefined) return { problem: 'There is no sample deal to tell a story of.' };
      const { event, handoff: id } = deal;
      employPeople({ system, playbook, roster, manner: 'prompt', script: {}, only: id });
      const put = await putEvent(system, asPutting(event));
      if (put.outcome !== 'started') return { problem: `No handoff has started: ${put.outcome}.` };
      handoff = id;
      autoplay.play(pace);
      return { handoff: id };
    },
    goOn: () => autoplay.play(pace),
  };
}
