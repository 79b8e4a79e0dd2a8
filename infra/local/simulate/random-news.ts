import type { Person } from '../../../functions/domain/people/person.ts';
import type { Draws } from './draws.ts';
import { type DealEvent, without } from './random-deal.ts';

export interface NewsDraws {
  readonly draws: Draws;
  /** The event that says that the deal is won. */
  readonly deal: DealEvent;
  readonly roster: readonly Person[];
  /** Whether news are heard in the order in which they happened; a change that is heard before the win is tried again until then. */
  readonly isInOrder: boolean;
}

type Facts = Readonly<Record<string, unknown>>;

const day = 24 * 60;

/** What the CRM says of a deal beside that it is won: before that it is proposed, later that it is changed, and what becomes of the customer. */
export function randomNews(given: NewsDraws): DealEvent[] {
  const { draws } = given;
  return [
    ...(draws.chance(0.2) ? proposals(given) : []),
    ...(draws.chance(0.25) ? changes(given) : []),
    ...(draws.chance(0.1) ? outcomes(given) : []),
  ];
}

/** What is known before the signature, more each time; the last of them is sometimes heard after the deal is won. */
function proposals({ draws, deal, roster }: NewsDraws): DealEvent[] {
  const facts = factsOf(deal);
  const times = Array.from({ length: draws.int(1, 3) }, () => -draws.int(1, 40 * day));
  if (draws.chance(0.2)) times.push(draws.int(1, 2 * day));
  return inOrder(times).map((minutes) =>
    said(deal, 'Deal Proposed', minutes, {
      ...changedFacts(facts, { draws, roster, share: 0.1 }),
      package: without(facts['package'], 0.5, draws),
      ...(draws.chance(0.6) && { expectedCloseOn: after(deal, draws.int(-5, 20) * day).slice(0, 10) }),
    }),
  );
}

/** The deal as it is by then, all of it: each change keeps those before it. Some come before the win is heard of, or long after the end. */
function changes({ draws, deal, roster, isInOrder }: NewsDraws): DealEvent[] {
  let facts = factsOf(deal);
  const times = Array.from({ length: draws.int(1, 4) }, () => draws.oneOf([0, 60, 3 * day, 15 * day, 200 * day]));
  return inOrder(
    times.map((most) => draws.int(isInOrder ? 0 : -30, most) + (isInOrder ? heardAfter(deal) : 0)),
  ).flatMap((minutes) => {
    facts = changedFacts(facts, { draws, roster, share: 0.3 });
    const event = said(deal, 'Deal Changed', minutes, facts);
    return draws.chance(0.2) ? [event, { ...event, time: after(deal, minutes + 2) }] : [event];
  });
}

const outcomeTypes = ['Onboarding Completed', 'Customer Expanded', 'Customer Renewed', 'Customer Churned'] as const;

function outcomes({ draws, deal }: NewsDraws): DealEvent[] {
  const { dealId } = deal.detail;
  return Array.from({ length: draws.int(1, 3) }, () =>
    said(deal, draws.oneOf(outcomeTypes), draws.int(1, 300 * day), {
      dealId,
      ...(draws.chance(0.5) && { amount: draws.int(0, 90_000), currency: 'EUR' }),
      ...(draws.chance(0.5) && { reference: `R-${draws.int(1, 2)}` }),
    }),
  );
}

/** What is said of a deal, won or not. */
function factsOf({ detail: { closedWonAt: _, wonEpisode: __, ...facts } }: DealEvent): Facts {
  return facts;
}

/** The same with other people, another renewal date, and answers that came, went or are written anew; each of them so often. */
function changedFacts(
  facts: Facts,
  { draws, roster, share }: { readonly draws: Draws; readonly roster: readonly Person[]; readonly share: number },
): Facts {
  const anybody = (role: Person['role']) =>
    draws.oneOf(roster.filter((person) => person.role === role).map(({ email }) => email));
  const pkg = Object(facts['package']);
  const changed = {
    ...without(pkg, share / 3, draws),
    ...(draws.chance(share) && {
      contract: { ...Object(pkg.contract), renewalDate: `20${draws.int(29, 31)}-0${draws.int(1, 9)}-15` },
    }),
    ...(draws.chance(share) && {
      dealContext: { ...Object(pkg.dealContext), primaryUseCase: `Written in the CRM, ${draws.int(1, 9)}.` },
    }),
  };
  return {
    ...facts,
    package: changed,
    ...(draws.chance(share) && { accountExecutive: anybody('accountExecutive') }),
    ...(draws.chance(share / 2) && { accountExecutive: 'stranger@example.com' }),
    ...(draws.chance(share) && { customerSuccessManager: anybody('customerSuccessManager') }),
    ...(draws.chance(share / 2) && {
      customer: { ...Object(facts['customer']), name: `Renamed ${draws.int(1, 9)} Ltd` },
    }),
  };
}

const said = (deal: DealEvent, type: string, minutes: number, detail: Facts): DealEvent => ({
  source: deal.source,
  'detail-type': type,
  time: after(deal, minutes),
  detail,
});

const after = ({ detail }: DealEvent, minutes: number): string =>
  new Date(Date.parse(String(detail['closedWonAt'])) + minutes * 60_000).toISOString();

/** Minutes from when it was won until somebody heard of it. */
const heardAfter = ({ time, detail }: DealEvent): number =>
  Math.ceil((Date.parse(time) - Date.parse(String(detail['closedWonAt']))) / 60_000) + 1;

/** Each a minute after the one before at the least. */
const inOrder = (times: readonly number[]): number[] =>
  times.toSorted((one, other) => one - other).map((minutes, i) => minutes + 3 * i);
