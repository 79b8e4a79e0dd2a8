import type { CalendarOf } from '../../../functions/domain/people/people.ts';
import type { Roles } from '../../../functions/domain/playbook/roles.ts';
import type { Mail } from '../../account/ses/mail.ts';
import type { People } from './overview.ts';

/** What pages need to know beside what they show. */
export interface Surroundings {
  /** Virtual milliseconds since the epoch. */
  readonly now: number;
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** What the playbook of new handoffs calls its roles. */
  readonly roles: Roles;
  readonly mails: readonly Mail[];
  readonly siteUrl: string;
}
