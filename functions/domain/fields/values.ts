// What the answer to a field of each kind is. The schemas of the kinds check against these types; evidence and package
// are stored in these shapes.

/** In units of the currency (ISO 4217), e.g. 24000.50. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** http or https. */
export interface Link {
  readonly url: string;
  readonly title?: string;
}

export interface Metric {
  readonly name: string;
  readonly target: string;
  readonly unit: string;
}

export const stakeholderRoles = [
  'decision-maker',
  'champion',
  'blocker',
  'end user',
  'day-to-day',
  'technical',
  'executive sponsor',
] as const;
export type StakeholderRole = (typeof stakeholderRoles)[number];

/** Roles that somebody at the customer must hold; one person may hold several (S0–S4). */
export const neededRoles = ['decision-maker', 'champion', 'day-to-day', 'technical'] as const;

export interface Stakeholder {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly StakeholderRole[];
  readonly influence: 'high' | 'medium' | 'low';
  /** Stays involved after the signature. */
  readonly stays: boolean;
  /** On their personality. */
  readonly notes?: string;
}

/** Something that sales promised. */
export interface Commitment {
  readonly what: string;
  readonly toWhom: string;
  readonly byWhen: string;
  readonly where: string;
  readonly certainty: 'confirmed' | 'assumed';
}

/** Something that is missing or unclear, for whoever has to answer it. */
export interface NamedGap {
  /** The field of the package that it is about, if it is about one. */
  readonly path?: string;
  readonly question: string;
  /** What that field said when it was asked, as a form writes it, cut to a few characters; '' when it said nothing. */
  readonly was?: string;
}

/** A gap with what became of it when the package was handed over again. */
export interface AnsweredGap extends NamedGap {
  /** The answer, or why there is none. */
  readonly answer?: string;
  /** What the field says since, cut as `was`; absent when it says the same. */
  readonly now?: string;
}

/** Why a step was done after its due time, as said at the sign-off. */
export interface LateReason {
  readonly step: string;
  readonly reason: string;
}

/** The kinds of field that forms have, and what an answer of each is. Days are `YYYY-MM-DD`, moments are UTC instants. */
export interface ValueOfKind {
  text: string;
  longText: string;
  list: readonly string[];
  number: number;
  date: string;
  money: Money;
  /** IANA. */
  timeZone: string;
  choice: string;
  link: Link;
  links: readonly Link[];
  metrics: readonly Metric[];
  stakeholders: readonly Stakeholder[];
  promises: readonly Commitment[];
  pastDateTime: string;
  futureDateTime: string;
  yesNo: boolean;
  score: number;
  minutes: number;
  /** The boxes that were ticked: all of them. */
  checklist: readonly string[];
  /** Mail addresses in lower case, each once. */
  emails: readonly string[];
  /** The mail address of a colleague, in lower case. */
  person: string;
  gaps: readonly NamedGap[];
}

export type FieldKind = keyof ValueOfKind;

export type EvidenceValue = ValueOfKind[FieldKind] | readonly AnsweredGap[] | readonly LateReason[];
/**
 * What was filled in on the form of a step, by field name. Evidence that was stored earlier has stakeholders as lines of text
 * and links as bare addresses; every kind reads, shows and writes these too.
 */
export type Evidence = { readonly [field: string]: EvidenceValue };
