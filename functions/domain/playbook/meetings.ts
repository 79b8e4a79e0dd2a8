import type { RoleId } from './roles.ts';

/** One point of an agenda. */
export interface AgendaItem {
  readonly title: string;
  readonly minutes: number;
  /** Shows what the brief says about this pillar (S2: four pillars, none of which may be skipped). */
  readonly pillar?: 'context' | 'relationships' | 'goals' | 'risks';
}

/** A meeting that a step plans and another one holds. */
export interface MeetingRule {
  /** Of the invitation; `{customer}` and `{company}` are filled in. */
  readonly title: string;
  /** How long it usually takes, and how short or long it may be. */
  readonly minutes: { readonly usual: number; readonly least: number; readonly most: number };
  /** Who takes part from the company; the first one is the host. */
  readonly who: readonly RoleId[];
  /** People at the customer take part: they get the invitation, and their working hours count. */
  readonly withCustomer?: true;
  /** Its minutes add up to the usual length; a shorter or longer meeting gets the same shares. */
  readonly agenda: readonly AgendaItem[];
}

/**
 * The agenda of a meeting that takes `minutes`: every item in proportion, whole minutes, at least one each, and together as
 * long as the meeting.
 */
export function agendaOf({ agenda }: MeetingRule, minutes: number): readonly AgendaItem[] {
  const total = agenda.reduce((sum, item) => sum + item.minutes, 0);
  let before = 0;
  let given = 0;
  return agenda.map((item, i) => {
    before += item.minutes;
    const left = agenda.length - i - 1;
    const until = left === 0 ? minutes : Math.min(Math.round((before / total) * minutes), minutes - left);
    const share = Math.max(1, until - given);
    given += share;
    return { ...item, minutes: share };
  });
}
