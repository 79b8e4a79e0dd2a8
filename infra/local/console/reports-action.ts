import { deskLinkFor } from '../../../functions/domain/handoff/desk-link.ts';
import type { Actions, Done } from './action.ts';
import { reportsPath } from './reports-page.ts';

/** Opens somebody's reports by a link of theirs, as a mail would bring it. */
export async function openReports({ system }: Actions, form: URLSearchParams): Promise<Done> {
  const { roster, desks, newLinkId, hash } = system.world;
  const email = form.get('person') ?? '';
  const person = (await roster.everybody()).find((each) => each.email === email);
  if (!person?.active)
    return { said: { tone: 'bad', lines: [`Nobody on the roster has the address "${email}".`] }, path: reportsPath };
  const id = newLinkId();
  const at = new Date(system.clock.now()).toISOString();
  await desks.store(hash(id), deskLinkFor(person.email, undefined, at));
  return { said: { tone: 'good', lines: [] }, path: `/r/${id}` };
}
