import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../../functions/aws/roster.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { course } from '../../support/course.ts';
import { anna, daniel, klaus, lena, personAt, ruth } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';

const step = 'schedule-internal-meeting';
const grace = 'grace.okafor@example.com';
const reason = { reason: 'We know each other.' };

const save = (system: OpenSystem, person: Person) =>
  rosterIn(openTable(system.clients.dynamodb, 'handoff')).save(person);

/** Anna is late, so that her manager and revenue operations hold a link each. */
async function late() {
  const under = await upTo(step);
  await under.system.until('2026-11-20T12:00:00Z');
  const link = (email: string) => under.system.linkOf(email, step);
  return { ...under, links: { anna: link(anna), klaus: link(klaus), ruth: link(ruth) } };
}

/** What the page behind a link says to who tries to leave the step out. */
async function skips(system: OpenSystem, link: string) {
  const { status, html } = await system.submit(link, 'skip', reason);
  return { status, html };
}

describe('A link of somebody whose part it is no more', () => {
  it('is good for a manager, and for revenue operations, as long as they are that', course, async () => {
    const { system, links } = await late();
    expect((await system.get(links.klaus)).html).toContain('value="skip"');
    expect((await system.get(links.ruth)).html).toContain('value="skip"');
    expect((await skips(system, links.klaus)).status).toBe(200);
  });

  it('opens nothing to a manager who looks after others by now: it says who has the step', async () => {
    const { system, id, links } = await late();
    await save(system, { ...personAt(anna), manager: grace });
    await save(system, { ...personAt(klaus), role: 'accountExecutive' });
    const { html } = await system.get(links.klaus);
    expect(html).toContain('Anna Keller has this step now.');
    for (const act of ['skip', 'reassign', 'cancel', 'move-meeting', 'note'])
      expect([act, html.includes(`value="${act}"`)]).toEqual([act, false]);
    const refused = await skips(system, links.klaus);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Anna Keller has this step now: nothing was changed.');
    expect((await system.load(id)).steps[step]?.decision).toBeUndefined();
    // Whoever leads sales in this handoff still does, whoever Anna’s own manager is.
    await save(system, personAt(klaus));
    expect((await system.get(links.klaus)).html).toContain('value="skip"');
  });

  it('opens nothing to who was revenue operations', course, async () => {
    const { system, links } = await late();
    await save(system, { ...personAt(ruth), role: 'customerSuccessManager' });
    expect((await system.get(links.ruth)).html).not.toContain('value="skip"');
    expect((await skips(system, links.ruth)).status).toBe(422);
  });

  it('lets a deputy of the manager act while they may be asked in their place', course, async () => {
    const { system, links } = await late();
    await save(system, { ...personAt(klaus), role: 'accountExecutive', deputy: grace });
    await save(system, { ...personAt(anna), manager: daniel });
    expect((await skips(system, links.klaus)).status).toBe(422);
    await save(system, { ...personAt(daniel), deputy: klaus });
    expect((await skips(system, links.klaus)).status).toBe(200);
  });

  it('shows only to who was the owner before, and opens nothing to who has left', async () => {
    const { system, links } = await late();
    await system.submit(links.klaus, 'reassign', { to: klaus, everything: 'no' });
    const theirs = await system.get(links.anna);
    expect(theirs.html).toContain('Klaus Brandt has this step now.');
    expect((await system.submit(links.anna, 'scheduled')).status).toBe(422);
    for (const [email, link] of Object.entries(links)) {
      const person = { anna, klaus, ruth }[email] ?? lena;
      await save(system, { ...personAt(person), active: false });
      expect([email, (await system.get(link)).status]).toEqual([email, 410]);
    }
  });
});
