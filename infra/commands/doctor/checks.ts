import { claimedMails } from './claimed-mails.ts';
import { deadLetters } from './dead-letters.ts';
import { deadTokens } from './dead-tokens.ts';
import type { Finding } from './finding.ts';
import { missingExecutions } from './missing-executions.ts';
import { executionQuota, mailQuotas } from './quotas.ts';
import { rosterHoles } from './roster-holes.ts';
import type { Circumstances, Sight, SightPart } from './sight.ts';
import { silentSteps } from './silent-steps.ts';
import { strayExecutions } from './stray-executions.ts';
import { unreachablePeople } from './unreachable-people.ts';
import { unreadableRecords } from './unreadable-records.ts';

/** Something that can be wrong with a deployment, judged from what was seen of it. */
export interface Check {
  /** As `--json` calls it. */
  readonly name: string;
  /** What is so when all is well. */
  readonly title: string;
  /** What of the sight it takes. */
  readonly takes: readonly SightPart[];
  readonly find: (sight: Partial<Sight>, known: Circumstances) => readonly Finding[];
}

const check = <Part extends SightPart>(
  name: string,
  title: string,
  {
    takes,
    find,
  }: { takes: readonly Part[]; find: (sight: Pick<Sight, Part>, known: Circumstances) => readonly Finding[] },
): Check => ({ name, title, takes, find: (sight, known) => find(sight as Pick<Sight, Part>, known) });

/** Everything that is judged, in the order in which it is to be mended. */
export const checks: readonly Check[] = [
  check('records', 'every record can be read', { takes: ['handoffs', 'roster'], find: unreadableRecords }),
  check('mail', 'SES takes what is sent', { takes: ['mailService'], find: mailQuotas }),
  check('dead letters', 'no event waits for a person', { takes: ['queues'], find: deadLetters }),
  check('executions', 'what is open has an execution', {
    takes: ['handoffs', 'executions', 'roster'],
    find: missingExecutions,
  }),
  check('strays', 'no execution runs for what is over', {
    takes: ['handoffs', 'executions', 'roster'],
    find: strayExecutions,
  }),
  check('tokens', 'every step that waits has somebody to wake', {
    takes: ['handoffs', 'executions'],
    find: deadTokens,
  }),
  check('silence', 'whoever should have been told was told', {
    takes: ['handoffs', 'executions', 'roster'],
    find: silentSteps,
  }),
  check('claims', 'of every email it is known whether it went out', { takes: ['handoffs'], find: claimedMails }),
  check('people', 'email reaches everybody', { takes: ['roster', 'handoffs'], find: unreachablePeople }),
  check('roster', 'somebody is there for everything', { takes: ['roster', 'handoffs'], find: rosterHoles }),
  check('open executions', 'there is room for more executions', { takes: ['executions'], find: executionQuota }),
];
