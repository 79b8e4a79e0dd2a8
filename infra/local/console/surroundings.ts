import type { CalendarOf } from '../../../functions/domain/people/people.ts';
import type { Roles } from '../../../functions/domain/playbook/roles.ts';
import type { Showing } from '../../../functions/pages/operations/showing.ts';
import type { Mail } from '../../account/ses/mail.ts';

/** What pages need to know beside what they show. */
export interface Surroundings extends Showing {
  /** What the playbook of new handoffs calls its roles. */
  readonly roles: Roles;
  readonly calendarOf: CalendarOf;
  readonly mails: readonly Mail[];
  readonly siteUrl: string;
}
