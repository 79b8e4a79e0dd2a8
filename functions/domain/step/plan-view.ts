import { cleanText } from '../fields/clean-text.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { planOf } from '../handoff/standing-plan.ts';
import { nameOf, type People } from '../people/people.ts';
import type { Instant } from '../time/calendar.ts';
import { momentIn } from '../time/wording.ts';

/** The success plan as a page shows it. */
export interface PlanView {
  readonly customer: string;
  readonly text: string;
  /** Whose it is: that it is a draft, who edited it and who reviewed it, each a sentence. */
  readonly notes: readonly string[];
}

/** The success plan as it stands, with times in the reader's zone (IANA). */
export function planView(
  record: HandoffRecord,
  { people, zone, at }: { readonly people: People; readonly zone: string; readonly at: Instant },
): PlanView {
  const { text, edited, reviewed } = planOf(record);
  const moment = (when: Instant) => momentIn(zone, when, at);
  const since = edited && reviewed && Date.parse(edited.at) > Date.parse(reviewed.at);
  return {
    customer: customerOf(record),
    text: cleanText(text),
    notes: [
      edited
        ? `Saved by ${nameOf(people, edited.by)}, ${moment(edited.at)}.`
        : 'A draft, made from the handoff package. Nobody has checked it yet.',
      ...(reviewed
        ? [
            `Reviewed by ${nameOf(people, reviewed.by)}, as ${nameOf(people, reviewed.toldBy)} told us, ${moment(reviewed.at)}${since ? '; changed since' : ''}.`,
          ]
        : []),
    ],
  };
}
