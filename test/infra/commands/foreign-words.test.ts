import { describe, expect, it } from 'vitest';
import { refusalText } from '../../../functions/crm/refusal.ts';
import { textReport as backfillText } from '../../../infra/commands/backfill/report.ts';
import { mappedDeal } from '../../../infra/commands/crm/map-text.ts';
import { checksText } from '../../../infra/commands/crm/setup-text.ts';
import { textReport as doctorText } from '../../../infra/commands/doctor/report.ts';
import { textReport as reconcileText } from '../../../infra/commands/reconcile/report.ts';
import { scoreText } from '../../../infra/commands/score/score-text.ts';
import { drainQueues } from '../../../infra/draining/drain-queues.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { wonDeal } from '../../support/crm-double.ts';

const at = '2026-11-20T15:00:00Z';
const since = '2026-11-15T00:00:00Z';
/** Lines that erase others, forge some, and name the window. */
const forged = 'Acme\u001b[2K\u001b[1A\r\n    done   Its handoff was started\u001b]0;pwned\u0007\u009b2J\u202e';

const reports: Readonly<Record<string, (words: string) => string | Promise<string>>> = {
  'npm run reconcile': (words) =>
    reconcileText({
      found: [
        {
          ...{ kind: 'no longer won', dealId: '7', handoffId: '7-1', name: words, isSaid: false },
          ...{ wrong: `In the CRM the deal is at "${words}".`, mend: `Look at ${words}.` },
        },
      ],
      looked: { won: 0, open: 1 },
      ...{ stage: undefined, since, isDryRun: false },
    }),
  'npm run backfill': (words) =>
    backfillText({
      deals: [
        { dealId: '7', name: words, result: { outcome: 'not won any more' } },
        {
          ...{ dealId: '8', name: words },
          result: { outcome: 'refused', refused: [{ field: 'name', problem: `is ${words}`, remedy: words }] },
        },
      ],
      unknown: [words],
      ...{ since, at, isDryRun: true },
    }),
  'npm run score': (words) =>
    scoreText({
      audit: { deals: [], gaps: [], noColumn: [], isSmall: true, onTarget: 0 },
      ...{ source: 'HubSpot', playbook: 'default', day: '2026-11-20', notes: [`${words}: no owner.`] },
    }),
  'npm run crm -- map': (words) =>
    mappedDeal(wonDeal('7', { stage: words, notes: [words] }), { playbook, at }).text +
    mappedDeal({ ...wonDeal('7', { stage: words, notes: [words] }), facts: {} }, { playbook, at }).text,
  'npm run crm -- check': (words) => checksText([{ what: words, ok: false, problem: words, remedy: words }]),
  'npm run doctor': (words) =>
    doctorText({
      found: [{ check: 'one', about: words, wrong: words, mend: words }],
      judged: [{ name: 'one', title: 'one is well' }],
      ...{ skipped: [], unseen: [], open: 1, known: { at, stage: undefined } },
    }),
  'npm run drain': async (words) => {
    const said: string[] = [];
    let left = 1;
    await drainQueues({
      queues: ['dead'],
      call: async (action) => {
        if (action !== 'ReceiveMessage' || left-- === 0) return {};
        const body = { requestContext: { functionArn: 'arn:aws:lambda:eu-central-1:1:function:x' } };
        const payload = { requestPayload: {}, responsePayload: { errorType: 'Error', errorMessage: words } };
        return { Messages: [{ Body: JSON.stringify({ ...body, ...payload }), ReceiptHandle: '1' }] };
      },
      functions: { call: () => Promise.reject(new Error(words)) } as never,
      takerOf: () => undefined,
      say: (line) => said.push(line),
    });
    return said.join('\n');
  },
  'what a CRM refused': (words) => refusalText(words, []),
};

describe('what a CRM or people wrote', () => {
  it.each(Object.entries(reports))('adds no line to %s, and tells the terminal nothing', async (_, report) => {
    const [harmless, text] = [await report('Acme'), await report(forged)];
    expect(text).toContain('Acme');
    expect(text.split('\n')).toHaveLength(harmless.split('\n').length);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E]/u);
  });
});
