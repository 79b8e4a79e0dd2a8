import type { Gap } from '../deal/completeness.ts';
import type { ExceptionRequest } from '../handoff/exception-request.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { StepRecord } from '../handoff/step-record.ts';
import type { CalendarOf, People } from '../people/people.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { AskKind, Audience } from './message.ts';

export interface AskInput {
  readonly record: HandoffRecord;
  /** Must have been asked (have a step record). */
  readonly step: string;
  readonly kind: AskKind;
  /** How many rungs of the ladder have been climbed, this one included; 0 for the first ask. */
  readonly rungNumber: number;
  readonly to: Audience;
  readonly people: People;
  /** What the package lacks as it stands, and the step's owner is to supply. */
  readonly gaps: readonly Gap[];
  readonly at: Instant;
  readonly site: SiteFacts;
  /** For the working time that is left. */
  readonly calendarOf: CalendarOf;
}

/** Everything an ask is written from. */
export interface Situation extends AskInput {
  readonly rule: AskStep;
  readonly asked: StepRecord;
  /** The request that the reader, or somebody they look after, is to decide on. */
  readonly request?: ExceptionRequest;
  /** The request that somebody else decides on before anything is due from the reader. */
  readonly rests?: ExceptionRequest;
  readonly forOwner: boolean;
}
