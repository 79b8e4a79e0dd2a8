import type { AskedOutlook, Outlook } from '../../functions/domain/handoff/outlook.ts';
import type { Instant } from '../../functions/domain/time/calendar.ts';
import { momentIn } from '../../functions/domain/time/wording.ts';
import type { SampleHandoff } from './sample-handoffs.ts';

/** What was seen in a sample handoff when every step is done as it is due. */
export interface Seen {
  readonly sample: SampleHandoff;
  readonly outlook: Outlook;
}

/** The steps somebody is asked to do. */
export const askedIn = ({ outlook }: Seen): readonly AskedOutlook[] =>
  outlook.steps.flatMap((step) => (step.kind === 'asked' ? [step] : []));

/** Which sample it was seen in: 'segment standard, closed Fri 16:00, …'. */
export function sampleName({ sample }: Seen): string {
  const { segment, industry } = sample.variant;
  return [`segment ${segment}`, ...(industry === undefined ? [] : [`industry ${industry}`]), sample.name].join(', ');
}

/** 'Mon, Feb 9, 4 PM Berlin time', in the zone of a step's owner. */
export const momentOf = ({ owner }: AskedOutlook, at: Instant): string => momentIn(owner.availability.zone, at, at);
