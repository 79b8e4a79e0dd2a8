import { capitalized } from '../fields/words.ts';
import { homeZoneOf, nameOf, type People } from '../people/people.ts';
import type { AwayNote } from '../people/person.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { ExceptionAnswer, ExceptionRequest } from './exception-request.ts';
import type { Handing } from './handing.ts';
import type { HandoffRecord, Note } from './handoff.ts';
import type { MeetingRecord } from './meeting-record.ts';
import type { Pause, StepRecord } from './step-record.ts';

// What people do on a page beside deciding: the state changes by one write, and by that write whoever looks later knows what
// was done, puts it on record in the same words, and does what is left of what follows from it.

/** What somebody did, as the audit trail says it. */
export interface Act {
  readonly entry: AuditEntry;
  /** The digest of the form by which it was done: the same form once more is the same act. */
  readonly form?: string | undefined;
}

/** A step, or the review of an exception on it, went to somebody else, who may have another time for it. */
export function handingAct(
  handed: Handing,
  people: People,
  to: {
    readonly step: string;
    readonly owner: string;
    /** When it is due from them, in a sentence. */
    readonly because: string;
    readonly standInFor?: string | undefined;
    readonly review?: true;
  },
): Act {
  const { at, by, why, from, form } = handed;
  const said = [
    `${to.review ? 'Exception: from' : 'From'} ${from} to ${to.owner}`,
    whyText(handed, people, to.standInFor),
    capitalized(to.because),
  ];
  return {
    form,
    entry: {
      ...{ at, who: by, what: why === 'asked' ? 'reassigned' : 'stand-in', step: to.step },
      detail: said.filter(Boolean).map(asSentence).join(' '),
      from: by === 'system' ? 'execution' : by === 'crm' ? 'event' : 'page',
    },
  };
}

const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** Why somebody else has it now: `standInFor` is away where one stand-in follows another. */
function whyText({ why, from, until, reason = '', at }: Handing, people: People, standInFor = from): string {
  switch (why) {
    case 'asked':
      return reason;
    case 'away':
      return `${nameOf(people, standInFor)} is away${until ? ` until ${momentIn(homeZoneOf(people, standInFor), until, at)}` : ''}.`;
    case 'left':
      return `${nameOf(people, from)} has left.`;
    case 'back':
      return 'They are back.';
  }
}

export const waitAct = (
  { step, owner }: Pick<StepRecord, 'step' | 'owner'>,
  { at, from, by, until, reason, form }: Pause,
  people: People,
): Act => ({
  form,
  entry: {
    ...{ at: at ?? from, who: by, what: 'waiting-for-customer', step, from: 'page' },
    detail: `Until ${dateIn(homeZoneOf(people, owner), until, at ?? from)}: ${reason}`,
  },
});

export const requestAct = (step: string, { at, by, reviewer, because, reason, form }: ExceptionRequest): Act => ({
  form,
  entry: {
    ...{ at, who: by, what: 'exception-requested', step, from: 'page' },
    detail: `${reviewer} decides, ${because}: ${reason}`,
  },
});

/** Not all of what was asked for was granted: where all was, the step is decided by it. */
export function answerAct(step: string, { at, by, reason, fields, form }: ExceptionAnswer): Act {
  const declined = fields.filter(({ granted }) => !granted).length;
  const detail = `${fields.length - declined} granted, ${declined} declined: ${reason}`;
  return { form, entry: { at, who: by, what: 'exception-declined', step, from: 'page', detail } };
}

/** A meeting was moved or called off by somebody; undefined where its last change was another one. */
export function meetingAct(
  { meeting, status, at, before, by, changedAt, handed, ...rest }: MeetingRecord,
  people: People,
): Act | undefined {
  const { sequence, agendaOf, ended, reason = '', step, form } = rest;
  const isOff = status === 'off';
  if (ended || agendaOf !== undefined || step === undefined || handed?.sequence === sequence) return undefined;
  const when = (moment: Instant) => momentIn(homeZoneOf(people, by), moment, changedAt);
  const detail = isOff
    ? `${meeting}, which was to be at ${at}. ${reason}`
    : before === undefined
      ? `${meeting}: another place, still at ${when(at)}. ${reason}`.trim()
      : `${meeting}: from ${when(before)} to ${when(at)}. ${reason}`.trim();
  const what = isOff ? 'meeting-called-off' : 'meeting-moved';
  return { form, entry: { at: changedAt, who: by, what, step, from: 'page', detail } };
}

export const noteAct = ({ at, by, text, step, form }: Note): Act => ({
  form,
  entry: { at, who: by, what: 'note', ...(step !== undefined && { step }), from: 'page', detail: text },
});

/** Somebody has said on the page of a step, or on their desk, when they are away. */
export function awayAct(email: string, { from, to, deputy, said }: SaidAway, people: People): Act {
  const detail = `From ${from} to ${to}${deputy === undefined ? '' : `; ${nameOf(people, deputy)} stands in`}`;
  const { at, step, form } = said;
  return {
    form,
    entry: { at, who: email, what: 'away-noted', ...(step !== undefined && { step }), from: 'page', detail },
  };
}

type SaidAway = AwayNote & Required<Pick<AwayNote, 'said'>>;

/**
 * Everything that the records tell of what people did on pages, and of steps that the system or the CRM gave to somebody else; what an
 * earlier version of this code wrote down says less.
 */
export function actsIn(record: HandoffRecord, people: People): readonly Act[] {
  return [
    ...Object.values(record.steps).flatMap((asked) => [
      ...(asked.handed ? [handingAct(asked.handed, people, asked)] : []),
      ...asked.pauses.map((pause) => waitAct(asked, pause, people)),
      ...(asked.exceptions ?? []).flatMap((request) => exceptionActs(asked.step, request, people)),
    ]),
    ...Object.values(record.meetings ?? {}).flatMap((stands) => meetingAct(stands, people) ?? []),
    ...(record.notes ?? []).map(noteAct),
    ...[...people.values()].flatMap(({ email, awayNotes = [] }) =>
      awayNotes.flatMap(({ said, ...note }) =>
        said?.id === record.state.id ? [awayAct(email, { ...note, said }, people)] : [],
      ),
    ),
  ].filter(({ form, entry }) => form !== undefined || entry.from !== 'page');
}

function exceptionActs(step: string, request: ExceptionRequest, people: People): Act[] {
  const { handed, reviewer, answer } = request;
  return [
    handed
      ? handingAct(handed, people, { ...request, step, owner: reviewer, review: true })
      : requestAct(step, request),
    ...(answer?.fields.some(({ granted }) => !granted) ? [answerAct(step, answer)] : []),
  ];
}
