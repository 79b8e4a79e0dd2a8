import { inCharge } from '../handoff/exceptions.ts';
import type { Handing } from '../handoff/handing.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { StepRecord } from '../handoff/step-record.ts';
import { titleOf } from '../handoff/step-rule.ts';
import { calledOf, type People } from '../people/people.ts';
import { soonWith } from '../time/wording.ts';
import type { Urgency } from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import { verbOf } from './ask-slots.ts';
import { backText } from './away.ts';
import type { Block } from './message.ts';
import type { Notice, NoticeInput, TakenPlace, Telling } from './notice-input.ts';
import { textsFor, timesFor } from './wording.ts';

type Handed = Extract<Notice, { kind: 'handed-away' | 'taken-over' }>;

const titles = ({ record, site }: NoticeInput, { steps, ofReview }: Pick<Handed, 'steps' | 'ofReview'>): string[] =>
  steps.map((step) => {
    const title = titleOf(record, step);
    return ofReview ? textsFor(site).words.exception(title) : title;
  });

const whyBlocks = ({ reason }: Handing, site: SiteFacts): Block[] =>
  reason ? [{ quote: reason, heading: textsFor(site).words.why }] : [];

/** To whoever had a step: it is off their list. */
export function handedAway(input: NoticeInput, { handed, newOwner, also = [], ...what }: Handed): Telling {
  const { record, people, site } = input;
  const { handing: words } = textsFor(site);
  const customer = customerOf(record);
  const [by, owner] = [calledOf(people, handed.by), calledOf(people, newOwner)];
  const list = { list: titles(input, what) };
  if (handed.by === 'crm') {
    const lead = { paragraph: words.crmOffYourList(owner) };
    return {
      subject: words.fromYou(customer, owner),
      blocks: [
        lead,
        ...(what.steps.length === 0 ? [] : [list]),
        ...placeBlocks(input, also),
        { paragraph: words.oldLink },
      ],
    };
  }
  const back = backText(handed, input, holderOf(record, what) ?? handed.from);
  switch (handed.why) {
    case 'away': {
      const holder = holderOf(record, what) ?? handed.from;
      if (holder !== handed.from) {
        const name = calledOf(people, holder);
        return {
          subject: words.standsIn({ customer, owner, name, back: back.inSubject }),
          blocks: [{ paragraph: words.bothAway(name, owner) }, list, { paragraph: words.goesBack(name) }],
        };
      }
      return {
        subject: words.standsIn({ customer, owner, name: undefined, back: back.inSubject }),
        blocks: [{ paragraph: words.inYourPlace(owner) }, list, { paragraph: words.backToYou }],
      };
    }
    case 'back':
      return {
        subject: words.isBack(customer, owner),
        blocks: [{ paragraph: words.thanks }, list, { paragraph: words.oldLink }],
      };
    case 'left':
    case 'asked':
      return {
        subject: words.fromYou(customer, owner),
        blocks: [
          { paragraph: words.offYourList(by, owner) },
          list,
          ...whyBlocks(handed, site),
          { paragraph: words.oldLink },
        ],
      };
  }
}

/** Whom the CRM names in whose place. */
export const placeBlocks = ({ people, site }: NoticeInput, places: readonly TakenPlace[]): Block[] =>
  places.map(({ newOwner, handed: { from } }) => ({
    paragraph: textsFor(site).handing.crmTook(calledOf(people, newOwner), calledOf(people, from)),
  }));

/** Mail address of whose steps these are, while somebody stands in for them. */
const holderOf = (record: HandoffRecord, { steps: [step = ''], ofReview }: Pick<Handed, 'steps' | 'ofReview'>) =>
  (ofReview ? inCharge(record, step)?.asked : record.steps[step])?.standInFor;

/**
 * To managers, the other side, and whoever was told of trouble: somebody else has it now. To that one, too, where nothing is asked of them
 * yet: they get the brief.
 */
export function takenOver(input: NoticeInput, { handed, newOwner, also = [], ...what }: Handed): Telling {
  const { record, people, to, site } = input;
  const { handing: words, sentences } = textsFor(site);
  const customer = customerOf(record);
  const [from, owner] = [calledOf(people, handed.from), calledOf(people, newOwner)];
  const list = { list: titles(input, what) };
  const back = backText(handed, input, holderOf(record, what) ?? handed.from);
  const next = { paragraph: words.answers(owner) };
  const brief = () => ({ brief: briefOf(record, people, { locale: site.locale }) });
  if (handed.by === 'crm') {
    if (newOwner === to.person.email)
      return {
        subject: words.yours(customer, from),
        blocks: [
          ...(what.steps.length === 0
            ? [{ paragraph: words.crmYours(from) }]
            : [{ paragraph: words.crmAsked(from) }, list, { paragraph: words.later }]),
          ...placeBlocks(input, also),
          brief(),
        ],
      };
    const open = what.steps.length === 0 ? [] : [list];
    const lead = { paragraph: words.crmTook(owner, from) };
    return { subject: words.from(customer, owner, from), blocks: [lead, ...open, ...placeBlocks(input, also), next] };
  }
  switch (handed.why) {
    case 'away': {
      const holder = holderOf(record, what) ?? handed.from;
      const name = calledOf(people, holder);
      const isTheirs = holder === to.person.email;
      return {
        subject: words.standsIn({ customer, owner, name: isTheirs ? undefined : name, back: back.inSubject }),
        blocks: [
          {
            paragraph: sentences(
              isTheirs ? '' : words.away(name, back.inText),
              holder === handed.from ? '' : words.stoodIn(from, isTheirs),
              words.asked(owner, isTheirs),
            ),
          },
          list,
          { paragraph: isTheirs ? words.backToYou : words.thenBack(name) },
        ],
      };
    }
    case 'left':
      return {
        subject: words.from(customer, owner, from),
        blocks: [{ paragraph: words.left(from, owner) }, list, { paragraph: words.forGood(owner, from) }],
      };
    case 'back':
      return {
        subject: words.again(customer, owner, from),
        blocks: [{ paragraph: words.backAgain(from, owner) }, list, next],
      };
    case 'asked': {
      const by = calledOf(people, handed.by);
      const all = handed.side !== undefined;
      if (newOwner === to.person.email)
        return {
          subject: words.toYou(customer, from),
          blocks: [
            { paragraph: words.tookYou({ by, from: handed.by === handed.from ? undefined : from, all }) },
            list,
            ...whyBlocks(handed, site),
            { paragraph: words.later },
            brief(),
          ],
        };
      return {
        subject: words.from(customer, owner, from),
        blocks: [
          { paragraph: words.took({ by, owner, from: handed.by === handed.from ? undefined : from, all }) },
          list,
          ...whyBlocks(handed, site),
          next,
        ],
      };
    }
  }
}

/** Whether the reader has read of it with other steps that came at the same time, long before this one is asked. */
function isKnown({ steps }: HandoffRecord, { openedAt }: StepRecord, { at, side }: Handing): boolean {
  const isLater = (step: StepRecord) => Date.parse(step.openedAt ?? step.askedAt) > Date.parse(at);
  if (!side || openedAt === undefined || Date.parse(openedAt) <= Date.parse(at)) return false;
  return Object.values(steps).some((step) => step.handed?.at === at && !isLater(step));
}

/** How a request that comes from somebody else is called; undefined where the step was always its owner's. */
export function handedSubject({
  record,
  people,
  asked,
  rule,
  to,
  site,
  at,
}: Situation): Urgency['subject'] | undefined {
  const { handed } = asked;
  if (!handed || isKnown(record, asked, handed)) return undefined;
  const { handing: words } = textsFor(site);
  const from = calledOf(people, handed.from);
  const zone = timesFor({ to, site });
  return (customer, withHour, tooMany) => {
    const due = soonWith(withHour)(zone, asked.dueAt, at);
    const what = { customer, verb: verbOf({ asked, rule, site }), due };
    // By when it is due matters more than whose it was, which the mail begins with.
    if (handed.why === 'back' || handed.why === 'asked')
      return words.subjectFrom({ ...what, from: tooMany > 0 ? '' : from });
    return words.subjectFor({
      ...what,
      holder: asked.standInFor === undefined ? from : calledOf(people, asked.standInFor),
    });
  };
}

/** Why the reader has it now, and what becomes of it: the first thing that a request from somebody else says. */
export function handedLead({ record, people, asked, to, site, at }: Situation): Block[] {
  const { handed } = asked;
  if (!handed || isKnown(record, asked, handed)) return [];
  const { handing: words } = textsFor(site);
  const from = calledOf(people, handed.from);
  switch (handed.why) {
    case 'away': {
      const holder = standsInFor(asked, people) ?? from;
      const named = asked.standInFor !== undefined && namedBy(people, asked.standInFor, to.person.email);
      return [
        {
          paragraph: words.leadAway(
            holder,
            backText(handed, { people, site, at }, asked.standInFor ?? handed.from).inText,
            named,
          ),
        },
      ];
    }
    case 'left':
      return [{ paragraph: words.leadLeft(standsInFor(asked, people) ?? from, customerOf(record)) }];
    case 'back':
      return [{ paragraph: words.leadBack(from) }];
    case 'asked':
      if (handed.by === 'crm') return [{ paragraph: words.crmAsked(from) }];
      return [
        { paragraph: words.leadAsked(calledOf(people, handed.by), handed.by === handed.from ? undefined : from) },
        ...whyBlocks(handed, site),
      ];
  }
}

const standsInFor = ({ standInFor }: StepRecord, people: People): string | undefined =>
  standInFor === undefined ? undefined : calledOf(people, standInFor);

/** Whether somebody said who stands in for them, and not the roster of managers. */
function namedBy(people: People, holder: string, standIn: string): boolean {
  const person = people.get(holder);
  return person?.deputy === standIn || person?.awayNotes?.some(({ deputy }) => deputy === standIn) === true;
}
