import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { MeetingRecord } from '../../../../functions/domain/handoff/meeting-record.ts';
import { endOf, knownMeeting, meetingIn } from '../../../../functions/domain/handoff/meetings.ts';
import type { Outcome } from '../play-story.ts';
import { calendarsAfter, type Entry } from './calendars.ts';
import { type Invariant, isReachable, mailsOf, shown } from './invariant.ts';

export const calendarsAgree: Invariant = {
  name: 'the calendars of all show a meeting as it stands',
  broken: (outcome) =>
    outcome.handoffs.flatMap(({ record }) => {
      const calendars = calendarsAfter(mailsOf(record.state.id, outcome.mails));
      return Object.keys(record.meetings ?? {}).flatMap((id) => {
        const stands = meetingIn(record, id);
        if (!stands || isHeld(record, stands) || isOverTooSoon(stands)) return [];
        return inCalendars(stands, calendars, outcome).map((what) => `${record.state.id}, ${id}: ${what}`);
      });
    }),
};

function inCalendars(stands: MeetingRecord, calendars: readonly Entry[], outcome: Outcome): readonly string[] {
  const start = Date.parse(stands.at);
  const entries = calendars.filter(({ uid }) => uid === stands.uid);
  const isThere = ({ method, address }: Entry) => method === 'REQUEST' && isReachable(address, outcome);
  if (stands.status === 'off')
    return entries.filter(isThere).map(({ address }) => `${address} has it, and it is called off.`);
  const bounced = outcome.story.unreachable.map(({ email }) => email);
  const invited = [
    ...stands.hosts.filter((email) => isReachable(email, outcome)),
    ...stands.guests.filter((email) => !bounced.includes(email)),
  ];
  const missing = invited
    .filter((email) => !entries.some((entry) => entry.address === email && entry.method === 'REQUEST'))
    .map((email) => `${email} is invited to ${shown(start)}, and has no entry.`);
  const moved = entries
    .filter(({ address, method }) => method === 'REQUEST' && invited.includes(address))
    .filter((entry) => entry.start !== start)
    .map((entry) => `${entry.address} has it at ${shown(entry.start)}, and it is at ${shown(start)}.`);
  const left = entries
    .filter((entry) => isThere(entry) && ![...stands.hosts, ...stands.guests].includes(entry.address))
    .map(({ address }) => `${address} has it, and takes no part.`);
  return [...missing, ...moved, ...left];
}

/** A customer email of which nobody knows whether it went out, or that was rejected, is held, and its owner is told. */
function isHeld(record: HandoffRecord, { meeting }: MeetingRecord): boolean {
  const invitation = knownMeeting(record, meeting)?.planning.rule.announce?.say ?? meeting;
  return Object.values(record.mails).some(
    ({ key, status }) => status === 'held' && (key.startsWith(invitation) || key.startsWith(`meeting/${meeting}/`)),
  );
}

const hour = 3_600_000;

/** Changed so shortly before its end that whoever was interrupted then had told nobody when it was over. */
export const isOverTooSoon = (stands: MeetingRecord): boolean =>
  Date.parse(endOf(stands)) - Date.parse(stands.changedAt) <= hour;
