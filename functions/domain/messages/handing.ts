import { inCharge } from '../handoff/exceptions.ts';
import type { Handing } from '../handoff/handing.ts';
import { customerOf, type HandoffRecord, type StepRecord, titleOf } from '../handoff/handoff.ts';
import type { People } from '../people/people.ts';
import { dateIn, soonWith } from '../time/wording.ts';
import type { Urgency } from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import { calledOf, verbOf } from './ask-slots.ts';
import type { Block } from './message.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { timesFor } from './wording.ts';

type Handed = Extract<Notice, { kind: 'handed-away' | 'taken-over' }>;

const titles = (record: HandoffRecord, { steps, ofReview }: Pick<Handed, 'steps' | 'ofReview'>): string[] =>
  steps.map((step) => `${ofReview ? 'Exception: ' : ''}${titleOf(record, step)}`);

const whyBlocks = ({ reason }: Handing): Block[] => (reason ? [{ quote: reason, heading: 'Why' }] : []);

/** To whoever had a step: it is off their list. */
export function handedAway(input: NoticeInput, { handed, newOwner, ...what }: Handed): Telling {
  const { record, people, to, site, at } = input;
  const customer = customerOf(record);
  const [by, owner] = [calledOf(people, handed.by), calledOf(people, newOwner)];
  const list = { list: titles(record, what) };
  const untilText = handed.until ? ` until ${dateIn(timesFor({ to, site }), handed.until, at)}` : '';
  switch (handed.why) {
    case 'away': {
      const holder = holderOf(record, what) ?? handed.from;
      if (holder !== handed.from) {
        const name = calledOf(people, holder);
        return {
          subject: `${customer}: ${owner} stands in for ${name}${untilText}`,
          blocks: [
            { paragraph: `You stood in for ${name}, and are away too. ${owner} is asked now:` },
            list,
            { paragraph: `What is still open when ${name} is back goes back to ${name}.` },
          ],
        };
      }
      return {
        subject: `${customer}: ${owner} stands in for you${untilText}`,
        blocks: [{ paragraph: `While you are away, ${owner} is asked in your place:` }, list, { paragraph: backToYou }],
      };
    }
    case 'back':
      return {
        subject: `${customer}: ${owner} is back, and takes over from you`,
        blocks: [
          { paragraph: 'Thank you for standing in. This is off your list:' },
          list,
          { paragraph: 'Your old link only shows progress.' },
        ],
      };
    case 'left':
    case 'asked':
      return {
        subject: `${customer}: ${owner} takes over from you`,
        blocks: [
          { paragraph: `${by} asked ${owner} to take over. This is off your list:` },
          list,
          ...whyBlocks(handed),
          { paragraph: 'Your old link only shows progress.' },
        ],
      };
  }
}

const backToYou = 'What is still open when you are back comes back to you.';

/** Mail address of whose steps these are, while somebody stands in for them. */
const holderOf = (record: HandoffRecord, { steps: [step = ''], ofReview }: Pick<Handed, 'steps' | 'ofReview'>) =>
  (ofReview ? inCharge(record, step)?.asked : record.steps[step])?.standInFor;

/** To managers, the other side, and whoever was told of trouble: somebody else has it now. */
export function takenOver(input: NoticeInput, { handed, newOwner, ...what }: Handed): Telling {
  const { record, people, to, site, at } = input;
  const customer = customerOf(record);
  const [from, owner] = [calledOf(people, handed.from), calledOf(people, newOwner)];
  const fromText = handed.by === handed.from ? '' : ` from ${from}`;
  const list = { list: titles(record, what) };
  const untilText = handed.until ? ` until ${dateIn(timesFor({ to, site }), handed.until, at)}` : '';
  const next = { paragraph: `${owner} answers for it from now on.` };
  switch (handed.why) {
    case 'away': {
      const holder = holderOf(record, what) ?? handed.from;
      const name = calledOf(people, holder);
      const isTheirs = holder === to.person.email;
      const stoodIn = `${from}, who stood in for ${isTheirs ? 'you' : 'them'}, is away too.`;
      const away = [
        ...(isTheirs ? [] : [`${name} is away${untilText}.`]),
        ...(holder === handed.from ? [] : [stoodIn]),
        `${owner} is asked in ${isTheirs ? 'your' : 'their'} place:`,
      ];
      return {
        subject: `${customer}: ${owner} stands in for ${isTheirs ? 'you' : name}${untilText}`,
        blocks: [
          { paragraph: away.join(' ') },
          list,
          { paragraph: isTheirs ? backToYou : `What is still open then goes back to ${name}.` },
        ],
      };
    }
    case 'left':
      return {
        subject: `${customer}: ${owner} takes over from ${from}`,
        blocks: [
          { paragraph: `${from} has left. ${owner} is asked in their place:` },
          list,
          { paragraph: `${owner} can hand everything of ${from} in this handoff to a colleague for good.` },
        ],
      };
    case 'back':
      return {
        subject: `${customer}: ${owner} takes over again from ${from}`,
        blocks: [{ paragraph: `${from} stood in for ${owner}, who is back and has this again:` }, list, next],
      };
    case 'asked':
      return {
        subject: `${customer}: ${owner} takes over from ${from}`,
        blocks: [
          {
            paragraph: `${calledOf(people, handed.by)} asked ${owner} to take over${fromText}${handed.side ? ', in all of this handoff' : ''}:`,
          },
          list,
          ...whyBlocks(handed),
          next,
        ],
      };
  }
}

/** How a request that comes from somebody else is called; undefined where the step was always its owner's. */
export function handedSubject({ people, asked, rule, to, site, at }: Situation): Urgency['subject'] | undefined {
  const { handed } = asked;
  if (!handed) return undefined;
  const from = calledOf(people, handed.from);
  const zone = timesFor({ to, site });
  return (customer, withHour) => {
    const due = `by ${soonWith(withHour)(zone, asked.dueAt, at)}`;
    const what = `${customer}: ${verbOf({ asked, rule })}`;
    if (handed.why === 'back' || handed.why === 'asked') return `${what} ${due}, from ${from}`;
    return `${what} for ${asked.standInFor === undefined ? from : calledOf(people, asked.standInFor)} ${due}`;
  };
}

/** Why the reader has it now, and what becomes of it: the first thing that a request from somebody else says. */
export function handedLead({ record, people, asked, to, site, at }: Situation): Block[] {
  const { handed } = asked;
  if (!handed) return [];
  const from = calledOf(people, handed.from);
  const fromText = handed.by === handed.from ? '' : ` from ${from}`;
  switch (handed.why) {
    case 'away': {
      const holder = standsInFor(asked, people) ?? from;
      const until = handed.until ? ` until ${dateIn(timesFor({ to, site }), handed.until, at)}` : '';
      const named = asked.standInFor && namedBy(people, asked.standInFor, to.person.email);
      return [
        {
          paragraph: `${holder} is away${until}${named ? ' and named you' : ''}, so you are asked in their place. It returns to ${holder} then, if it is still open.`,
        },
      ];
    }
    case 'left':
      return [
        {
          paragraph: `${standsInFor(asked, people) ?? from} has left, so you are asked in their place. On the page you can hand it to a colleague, with everything else of theirs for ${customerOf(record)}.`,
        },
      ];
    case 'back':
      return [{ paragraph: `${from} stood in for you. It is still open, and yours again.` }];
    case 'asked':
      return [{ paragraph: `${calledOf(people, handed.by)} asked you to take over${fromText}.` }, ...whyBlocks(handed)];
  }
}

const standsInFor = ({ standInFor }: StepRecord, people: People): string | undefined =>
  standInFor === undefined ? undefined : calledOf(people, standInFor);

/** Whether somebody said who stands in for them, and not the roster of managers. */
function namedBy(people: People, holder: string, standIn: string): boolean {
  const person = people.get(holder);
  return person?.deputy === standIn || person?.awayNotes?.some(({ deputy }) => deputy === standIn) === true;
}
