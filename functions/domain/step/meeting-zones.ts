import { listed } from '../fields/words.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { type ChosenTime, outsideHours } from '../handoff/meeting-time.ts';
import { hostsOf } from '../handoff/meetings.ts';
import type { People } from '../people/people.ts';
import { ended } from '../texts/en/grammar.ts';
import type { Instant } from '../time/calendar.ts';
import { readLocalTime } from '../time/local-time.ts';
import { momentInZones } from '../time/wording.ts';
import type { FieldView } from './field-view.ts';

interface Reading {
  readonly record: HandoffRecord;
  readonly people: People;
  /** IANA zone of the reader, which comes first. */
  readonly zone: string;
  /** UTC. */
  readonly at: Instant;
}

/** When a meeting is, for everybody in it: 'Tue, Nov 24, 4 PM Berlin time (10 AM New York time)'. */
export function meetingMoment({ record, people, zone, at }: Reading, meeting: string, when: Instant): string {
  const rule = record.playbook.meetings[meeting];
  const hosts = rule ? hostsOf(record, rule) : [];
  const zones = hosts.flatMap((email) => people.get(email)?.availability.zone ?? []);
  const customer = rule?.withCustomer ? checkedPackage(record).package.communication?.timeZone : undefined;
  return momentInZones([zone, ...(customer === undefined ? [] : [customer]), ...zones], when, at);
}

/** The field for the time of a meeting says whose working hours the proposal in it lies outside: they may share none. */
export function withHours(field: FieldView, proposed: ChosenTime | undefined): FieldView {
  if (proposed === undefined || field.kind !== 'futureDateTime') return field;
  const names = outsideHours(proposed);
  if (names.length === 0) return field;
  const said = `The time we propose is outside the working hours of ${listed(names)}.`;
  return { ...field, hint: field.hint === undefined ? said : `${ended(field.hint)} ${said}` };
}

/** The field for the time of a meeting says what the time in it is to everybody who takes part, where that is not the same to all. */
export function withZones(field: FieldView, reading: Reading, meeting: string | undefined): FieldView {
  if (meeting === undefined || field.kind !== 'futureDateTime' || field.value === '') return field;
  const suggested = readLocalTime(field.value, reading.zone);
  if (!('at' in suggested)) return field;
  const moment = meetingMoment(reading, meeting, suggested.at);
  if (!moment.includes('(')) return field;
  return { ...field, hint: [field.hint, moment].filter((part) => part !== undefined).join(' ') };
}
