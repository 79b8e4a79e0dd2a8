import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import { meetingIn } from './meetings.ts';
import { returnsTo } from './returns.ts';
import { roundsOf } from './step-record.ts';

/** What somebody did, and when. */
interface Change {
  /** An email address. */
  readonly by: string;
  /** UTC. */
  readonly at: Instant;
}

/**
 * Who changed last what the page of a step shows, as far as its record tells: it was decided before, sent back, handed on, its
 * exception was answered, its meeting changed, or what it fills in. Undefined where nobody but `besides` did.
 */
export function lastChange(record: HandoffRecord, step: string, besides: string): Change | undefined {
  const asked = record.steps[step];
  const rule = record.playbook.steps[step];
  if (!asked || rule?.kind !== 'ask') return undefined;
  const meeting = meetingIn(record, rule.plans ?? rule.holds ?? '');
  const fills = rule.fills === 'package' || asked.item?.paths !== undefined;
  const changes: readonly (Change | undefined)[] = [
    ...roundsOf(asked).map(({ decision }) => decision),
    ...returnsTo(record, step),
    asked.handed,
    ...(asked.exceptions ?? []).flatMap((request) => [request, request.answer]),
    meeting && { by: meeting.by, at: meeting.changedAt },
    ...(fills ? Object.values(record.packageHistory ?? {}).map(({ saved }) => saved) : []),
  ];
  // Whoever is surprised had the page of this round open, or that of the one before.
  const since = asked.earlier.at(-1)?.askedAt ?? asked.askedAt;
  const byOthers = changes.flatMap((change) =>
    change && change.by !== besides && change.by !== 'system' && Date.parse(change.at) >= Date.parse(since)
      ? [change]
      : [],
  );
  const latest = byOthers.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
  return latest && { by: latest.by, at: latest.at };
}
