import type { MailWording } from './mail-wording.ts';
import type { RoleId } from './roles.ts';

/** A step in another language than the table's: what emails say of it. */
export interface StepWords {
  readonly title: string;
  /** What its emails ask for, as that language writes it beside a colon: „Paket vervollständigen“. */
  readonly ask?: string;
  readonly what?: string;
  readonly why?: string;
  readonly mail?: MailWording;
  /** The buttons of its choices, by id. */
  readonly choices?: Readonly<Record<string, string>>;
  /** The labels of its fields, by name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a no leaves to do, by the choice's id or the field's name. */
  readonly negatives?: Readonly<Record<string, { readonly title: string; readonly what: string }>>;
}

type StepsWords = Readonly<Record<string, Partial<StepWords>>>;

/** The wording of a playbook in another language: all of it, or its emails stay in the language of the table. */
export interface PlaybookWords<
  Names extends { readonly step: string; readonly meeting: string } = { step: string; meeting: string },
> {
  readonly roles: { readonly [R in RoleId]: string };
  readonly steps: { readonly [K in Names['step']]: StepWords };
  readonly meetings: { readonly [K in Names['meeting']]: MeetingWords };
  /** What segments and industries say otherwise. */
  readonly segments?: Readonly<Record<string, StepsWords>>;
  readonly industries?: Readonly<Record<string, StepsWords>>;
}

interface MeetingWords {
  readonly title: string;
  /** One for each point of its agenda. */
  readonly agenda: readonly string[];
}

/** The same for one handoff, its slots filled. */
export type FrozenWords = Pick<PlaybookWords, 'roles' | 'steps' | 'meetings'>;
