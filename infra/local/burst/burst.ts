import { parseArgs } from 'node:util';
import { playbookOption, runMeasurement, UnusableOption } from '../command-line.ts';
import { sampleRoster } from '../sample-company.ts';
import { burstReport } from './burst-report.ts';
import { documentedQuotas, type Quotas } from './quotas.ts';
import { runBurst } from './run-burst.ts';

const usage = `Usage: npm run burst -- [--deals 10000] [--minutes 60] [--mail-rate 14] [--daily-quota 50000]
                        [--sent-before 0] [--concurrency 1000] [--hours 48] [--playbook <name>]

Has that many deals won at random moments of that many minutes (0: all at once), and plays them through the real handlers and
the real state machine until each has its first mail, in virtual time and under AWS's quotas. Who is over one gets the error
that AWS answers, so that the state machine's retries and the redelivery of EventBridge and Lambda do their work. The other
options are what SES and Lambda allow the account, how many mails it has sent already that day, and when it ends in any case. 10,000 deals take a few minutes.

It begins on a Tuesday at 10:00 in Berlin, where all sellers and revenue operations are at work. Sixty per cent of the deals are
complete standard ones, twenty have gaps, ten each are enterprise and self-serve. An invocation takes 150 ms. The table is a
new one that never grows; nobody answers a mail. The company is the sample's, with room for some 120 handoffs: after them
the first mail asks revenue operations to name a customer success manager.

Exit code 0: every handoff started and every first mail went out once; 1: not so; 2: the options cannot be used.`;

/** `npm run burst`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      deals: { type: 'string', default: '10000' },
      minutes: { type: 'string', default: '60' },
      'mail-rate': { type: 'string', default: String(documentedQuotas.mail.perSecond) },
      'daily-quota': { type: 'string', default: String(documentedQuotas.mailPerDay) },
      'sent-before': { type: 'string', default: '0' },
      concurrency: { type: 'string', default: String(documentedQuotas.concurrency) },
      hours: { type: 'string', default: '48' },
      playbook: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const deals = numberOf('--deals', values.deals, 1);
  const minutes = numberOf('--minutes', values.minutes, 0);
  const rate = numberOf('--mail-rate', values['mail-rate'], 1);
  const quotas: Quotas = {
    ...documentedQuotas,
    mail: { burst: rate, perSecond: rate },
    mailPerDay: numberOf('--daily-quota', values['daily-quota'], 1),
    mailSentBefore: numberOf('--sent-before', values['sent-before'], 0),
    concurrency: numberOf('--concurrency', values.concurrency, 1),
  };
  const progress = showProgress(deals);
  const burst = await runBurst({
    deals,
    minutes,
    quotas,
    roster: sampleRoster(),
    playbook: playbookOption(values.playbook),
    horizonHours: numberOf('--hours', values.hours, 1),
    onProgress: progress.show,
  });
  progress.clear();
  console.log(burstReport(burst, quotas));
  const well = burst.started === deals && burst.mailed === deals && burst.duplicates === 0 && burst.failed.count === 0;
  return well ? 0 : 1;
}

function numberOf(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < least)
    throw new UnusableOption(`${option} takes a number of ${least} or more, not "${text}".`);
  return number;
}

/** One line that is written over on a terminal; elsewhere a line now and then. */
function showProgress(deals: number) {
  const terminal = process.stdout.isTTY;
  const every = terminal ? 1000 : 30_000;
  let shownAt = performance.now();
  return {
    show: ({ minutes, won, started, mailed }: { minutes: number; won: number; started: number; mailed: number }) => {
      if (performance.now() - shownAt < every) return;
      shownAt = performance.now();
      const line = `${minutes.toFixed(0)} min: ${won} of ${deals} won, ${started} started, ${mailed} have their first mail`;
      process.stdout.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    clear: () => {
      if (terminal) process.stdout.write('\r\u001b[K');
    },
  };
}

await runMeasurement(main, usage);
