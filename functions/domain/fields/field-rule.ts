import type { FieldKind } from './values.ts';

/** Where the value already in the field comes from, so that nobody types what is known. */
export type Suggestion =
  | 'meetingSlot'
  | 'scheduledMeeting'
  | 'introductionText'
  | 'customerContacts'
  | 'stakeholderMap'
  | 'successPlan';

/** One field of a form, whoever fills it in: the evidence of a step and the handoff package are made of these. */
export interface FieldRule {
  readonly label: string;
  /**
   * What errors call the answer, where the label in lower case doesn't do: 'a colleague' (Select a colleague). Of a question,
   * what a yes says: 'onboarding is complete' (Select yes if onboarding is complete).
   */
  readonly thing?: string;
  /** What it asks for, and so how it is read, checked and shown. */
  readonly kind: FieldKind;
  readonly required: boolean;
  /** What a good answer says. */
  readonly hint?: string;
  /** The answer may be an explicit "none"; leaving the field empty is still a gap, because silence is not an answer. */
  readonly orNone?: true;
  /** What people type to get past a field ("TBD", "n/a") is refused (S2, S4: enforcement, not goodwill). */
  readonly noFillers?: true;
  /** What a number counts, in the plural. */
  readonly unit?: string;
  /**
   * Bounds, where a kind has any: of a number, a score or minutes; of a day, in days from today; `max` also of the
   * characters of a text and of how many mail addresses are taken. Each kind has its own where none is said.
   */
  readonly min?: number;
  readonly max?: number;
  /** The boxes of a checklist; every one must be ticked. */
  readonly items?: readonly string[];
  /** What a `choice` offers: these, or the segments that the playbook knows. */
  readonly options?: readonly string[] | 'segments' | undefined;
  /** Whom a `person` is chosen from: those who hold a role, or the colleagues of the step's owner. */
  readonly from?: { readonly role: string } | 'colleagues';
  readonly suggest?: Suggestion;
}

/** A field of a step's form; its answer is evidence under that name. */
export interface EvidenceField extends FieldRule {
  readonly name: string;
}

/** The options of a `choice`, the segments by name; undefined where they are not known. */
export function optionsOf(
  { options }: Pick<FieldRule, 'options'>,
  segments: readonly string[] | undefined,
): readonly string[] | undefined {
  return options === 'segments' ? segments : options;
}
