import type { Person } from '../../../functions/domain/people/person.ts';
import { ruleOfStep } from '../../../functions/domain/playbook/playbook.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { fillIn } from '../play/answers.ts';
import { asksIn } from '../play/asks-in-mail.ts';
import { knownCustomer } from '../play/known-customer.ts';
import { formFor } from '../play/page-form.ts';
import { visit } from '../play/visit.ts';
import type { System } from '../system.ts';

/** The pages that people had during a burst. */
export interface PagesSeen {
  readonly opened: number;
  readonly decided: number;
  /** Pages that were not there: a function without a place, a table over its capacity. */
  readonly failed: number;
  /** Virtual milliseconds, the shortest first. */
  readonly took: readonly number[];
}

/** Of so many first mails, one reader goes to work at once. */
const oneIn = 20;
/** How long they take to read the mail, and then the page (milliseconds). */
const readsFor = 20_000;

/** People who open the page of their mail while the burst goes on, and decide there. */
export function watchReaders(roster: readonly Person[]) {
  const took: number[] = [];
  const seen = { mails: 0, opened: 0, decided: 0, failed: 0 };

  /** Time goes on while somebody waits for a page: what they do is no work of the timer that begins it. */
  function later(system: System, time: number, act: () => Promise<void>): void {
    system.clock.at(time, () => {
      act().catch(() => {
        seen.failed += 1;
      });
    });
  }

  async function timed(system: System, request: Parameters<typeof visit>[1]): ReturnType<typeof visit> {
    const asked = system.clock.now();
    const answer = await visit(system, request);
    took.push(system.clock.now() - asked);
    if (answer.status >= 500) seen.failed += 1;
    return answer;
  }

  async function read(system: System, mail: Mail): Promise<void> {
    const [ask] = asksIn(mail);
    const record = await system.clock.busy(() => system.world.handoffs.load(mail.tags['handoff'] ?? ''));
    const rule = ask && record && ruleOfStep(record.playbook, ask.step);
    const person = roster.find(({ email }) => mail.recipients.includes(email));
    if (!ask || !record || rule?.kind !== 'ask' || !person) return;
    const page = await timed(system, { method: 'GET', path: ask.link });
    if (page.status !== 200) return;
    seen.opened += 1;
    const form = rule.choices.map(({ id }) => formFor(page.body, id)).find((offered) => offered !== undefined);
    if (!form) return;
    const at = new Date(system.clock.now() + readsFor).toISOString();
    const customer = knownCustomer(record);
    const body = fillIn({ form, evidence: {}, rule, customer, at, zone: person.availability.zone }).toString();
    later(system, Date.parse(at), async () => {
      const { status } = await timed(system, { method: 'POST', path: ask.link, body });
      if (status < 400) seen.decided += 1;
    });
  }

  return {
    /** A handoff's first mail went out. */
    onFirstMail: (system: System, mail: Mail): void => {
      seen.mails += 1;
      if (seen.mails % oneIn === 1) later(system, mail.at + readsFor, () => read(system, mail));
    },
    seen: (): PagesSeen => ({ ...seen, took: took.toSorted((a, b) => a - b) }),
  };
}
