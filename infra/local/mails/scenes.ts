import type { Person } from '../../../functions/domain/people/person.ts';
import { askSteps, openItemStep, packageStep } from '../../../functions/domain/playbook/capabilities.ts';
import type { AskStep, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Faults } from '../../account/faults.ts';
import type { Manner, Script, ScriptedAnswer } from '../play/script.ts';
import type { SampleEvent } from '../sample-company.ts';

/** What a scene is played with. */
export interface Cast {
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  /** Of the stage (BCP 47); American English unless said. */
  readonly locale?: string;
  /** The won deal. */
  readonly event: SampleEvent;
  /** Who holds the handoff when everybody is prompt: mail addresses. */
  readonly seller: string;
  readonly successManager: string;
}

/** Something that a play of a deal shows: who does what, and what happens beside. */
export interface Scene {
  readonly name: string;
  readonly manner: Manner;
  readonly script?: (cast: Cast) => Script;
  /** Another playbook, or another company. */
  readonly changed?: (cast: Cast) => Partial<Pick<Cast, 'playbook' | 'roster'>>;
  /** Events of the deal after it was won, by the days in between. */
  readonly later?: readonly {
    readonly days: number;
    readonly type: 'Deal Lost' | 'Deal Cancelled' | 'Deal Changed';
    /** What is otherwise than in the won deal, where it changed. */
    readonly changed?: (cast: Cast) => object;
  }[];
  /** It was proposed before it was won, by the days in between. */
  readonly proposedBefore?: number;
  /** Addresses that every mail comes back from. */
  readonly bouncing?: (cast: Cast) => readonly string[];
  readonly faults?: (cast: Cast) => Faults;
  /** How many days the rules of the clock run that send reports; they don't when left out. */
  readonly reportsFor?: number;
  /** Days after which people try the oldest link they have, and ask for a fresh one. */
  readonly oldLinksAfter?: number;
}

/** A script of steps that fit. */
const forSteps = (playbook: Playbook, answer: (rule: AskStep) => ScriptedAnswer[] | undefined): Script =>
  Object.fromEntries(
    askSteps(playbook).flatMap(({ id, rule }) => {
      const answers = answer(rule);
      return answers ? [[id, answers]] : [];
    }),
  );

/** A script of the step whose form is the package. */
const forPackage = ({ playbook }: Cast, answers: (rule: AskStep) => readonly ScriptedAnswer[]): Script => {
  const found = packageStep(playbook);
  return found ? { [found.id]: [...answers(found.rule)] } : {};
};

const reason = 'They decide on it in January.';

const grantOf = ({ choices }: AskStep): string => choices.find(({ does }) => does === 'grant-exception')?.id ?? '';

/** The negative answer to each question of a step that asks more of whoever says no. */
const noes = ({ choices }: AskStep): Readonly<Record<string, boolean>> =>
  Object.fromEntries((choices[0]?.evidence ?? []).filter(({ negative }) => negative).map(({ name }) => [name, false]));

const holdsRole = (roster: readonly Person[], email: string) => roster.find((person) => person.email === email)?.role;

/** Somebody else with the same role, and there. */
const colleagueOf = ({ roster }: Cast, email: string): string =>
  roster.find(
    (person) =>
      person.email !== email &&
      person.role === holdsRole(roster, email) &&
      person.active &&
      !person.availability.away?.length,
  )?.email ?? email;

/** Whoever decides on exceptions from a step. */
const reviewerOf = ({ roster, successManager }: Cast, { reviewedBy = [] }: AskStep): string =>
  roster.find(({ role }) => role !== 'customerSuccessManager' && reviewedBy.some((by) => by === role))?.email ??
  successManager;

const addressesAtCustomer = ({ event }: Cast): readonly string[] => {
  const { stakeholders = [] } = Object(event.detail['package']) as { stakeholders?: readonly { email?: string }[] };
  return stakeholders.flatMap(({ email }) => email ?? []);
};

/** Everybody but sales is away, from the second day after the deal was won. */
const withoutSuccess = ({ roster, seller, event }: Cast): readonly Person[] => {
  const won = Date.parse(String(event.detail['closedWonAt']));
  const day = (after: number) => new Date(won + after * 86_400_000).toISOString().slice(0, 10);
  const away = [{ from: day(2), to: day(16) }];
  return roster.map((person) =>
    person.role === holdsRole(roster, seller) ? person : { ...person, availability: { ...person.availability, away } },
  );
};

/** Together they make SES send every kind of mail. */
export const scenes: readonly Scene[] = [
  { name: 'all goes well', manner: 'prompt' },
  { name: 'people act once they are late', manner: 'late' },
  {
    name: 'reports come by themselves',
    manner: 'silent',
    // The quarter in which it ended is over by then.
    later: [{ days: 20, type: 'Deal Lost' }],
    reportsFor: 55,
  },
  {
    name: 'nobody ever acts',
    manner: 'silent',
    // Every week says the same: ten of them do.
    changed: ({ playbook }) => ({ playbook: { ...playbook, abandonAfter: '70 days' } }),
  },
  {
    name: 'a step takes a week',
    manner: 'prompt',
    script: ({ playbook }) =>
      forSteps(playbook, ({ fills, returns }) => ((fills ?? returns) ? [{ after: 'P7D' }] : undefined)),
  },
  {
    name: 'things are sent back, moved, and answered with no',
    manner: 'prompt',
    script: ({ playbook }) =>
      forSteps(playbook, (rule) => {
        if (rule.returns) return [{ choice: rule.returns.choice }];
        if (rule.repeat) return [{ choice: rule.repeat.choice }];
        if (rule.plans) return [{}, { after: 'PT1H', choice: 'move-meeting' }];
        if (rule.scores) return [{ evidence: { [rule.scores.field]: rule.scores.atLeast - 2 } }];
        return Object.keys(noes(rule)).length > 0 ? [{ evidence: noes(rule) }] : undefined;
      }),
  },
  {
    name: 'meetings are called off, and people wait for the customer',
    manner: 'prompt',
    script: ({ playbook }) =>
      forSteps(playbook, (rule) => {
        if (rule.plans) return [{}, { after: 'PT1H', choice: 'call-off-meeting' }];
        return rule.holds || rule.fills ? undefined : [{ choice: 'wait-for-customer' }, {}];
      }),
  },
  {
    name: 'a colleague takes everything over',
    manner: 'prompt',
    script: (cast) =>
      forSteps(cast.playbook, (rule) =>
        rule.returns || rule.holds
          ? [{ choice: 'reassign', evidence: { to: colleagueOf(cast, cast.successManager), everything: true, reason } }]
          : undefined,
      ),
  },
  {
    name: 'an exception is granted, the deal lost afterwards',
    manner: 'prompt',
    script: (cast) => ({
      ...forPackage(cast, (rule) => [
        { choice: 'request-exception', evidence: { reason } },
        { by: reviewerOf(cast, rule), choice: grantOf(rule), evidence: { reason, owner: cast.seller } },
      ]),
      [openItemStep(cast.playbook)?.id ?? '']: 'never',
    }),
    later: [{ days: 60, type: 'Deal Lost' }],
  },
  {
    name: 'an exception is granted, and the answers come',
    manner: 'prompt',
    script: (cast) =>
      forPackage(cast, (rule) => [
        { choice: 'request-exception', evidence: { reason } },
        { by: reviewerOf(cast, rule), choice: grantOf(rule), evidence: { reason, owner: cast.seller } },
      ]),
  },
  {
    name: 'an exception is declined',
    manner: 'prompt',
    script: (cast) =>
      forPackage(cast, (rule) => [
        { choice: 'request-exception', evidence: { reason } },
        {
          by: reviewerOf(cast, rule),
          choice: 'decline-exception',
          evidence: { reason: 'We cannot start without it.' },
        },
      ]),
  },
  {
    name: 'an exception is asked for, and not needed',
    manner: 'prompt',
    script: (cast) =>
      forPackage(cast, ({ choices }) => [
        { choice: 'request-exception', evidence: { reason } },
        { after: 'PT2H', ...(choices[0] && { choice: choices[0].id }) },
      ]),
  },
  {
    name: 'an exception of before there were open items',
    manner: 'prompt',
    changed: ({ playbook }) => ({
      playbook: {
        ...playbook,
        steps: Object.fromEntries(Object.entries(playbook.steps).filter(([id]) => id !== openItemStep(playbook)?.id)),
      },
    }),
    script: (cast) =>
      forPackage(cast, (rule) => [
        { choice: 'request-exception', evidence: { reason } },
        { by: reviewerOf(cast, rule), choice: grantOf(rule), evidence: { reason, owner: cast.seller } },
      ]),
  },
  {
    name: 'the CRM changes what was sold, and who sold it',
    manner: 'late',
    later: [
      { days: 1, type: 'Deal Changed', changed: (cast) => worth(cast, 12_000) },
      {
        days: 2,
        type: 'Deal Changed',
        changed: (cast) => ({ ...worth(cast, 15_000), accountExecutive: colleagueOf(cast, cast.seller) }),
      },
      { days: 14, type: 'Deal Lost' },
    ],
  },
  { name: 'the deal has a draft before it is won', manner: 'prompt', proposedBefore: 3 },
  { name: 'the deal is canceled', manner: 'late', later: [{ days: 6, type: 'Deal Cancelled' }] },
  { name: 'nothing reaches the customer', manner: 'prompt', bouncing: addressesAtCustomer },
  {
    name: 'the seller has left, and mail to them comes back',
    manner: 'prompt',
    changed: ({ roster, seller }) => ({ roster: roster.filter(({ email }) => email !== seller) }),
    bouncing: ({ seller }) => [seller],
    later: [{ days: 14, type: 'Deal Lost' }],
  },
  { name: 'nobody but sales is there', manner: 'late', changed: (cast) => ({ roster: withoutSuccess(cast) }) },
  { name: 'a mail to the customer may have gone out', manner: 'prompt', faults: killedWhileWriting },
  { name: 'links have expired', manner: 'silent', oldLinksAfter: 40, later: [{ days: 50, type: 'Deal Lost' }] },
];

/** The deal with another amount. */
function worth({ event }: Cast, amount: number): object {
  const pkg = Object(event.detail['package']);
  return { package: { ...pkg, contract: { ...pkg.contract, value: { amount, currency: 'EUR' } } } };
}

/** The function that sends ends right after SES took the first mail to the customer. */
function killedWhileWriting(cast: Cast): Faults {
  const customers = addressesAtCustomer(cast);
  let done = false;
  return {
    next: ({ service, parameters }) => {
      const to = JSON.stringify(parameters['Destinations'] ?? []);
      if (done || service !== 'ses' || !customers.some((email) => to.includes(email))) return undefined;
      done = true;
      return 'killed after';
    },
  };
}
