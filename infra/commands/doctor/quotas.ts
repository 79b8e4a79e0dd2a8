import type { Finding } from './finding.ts';
import type { Circumstances, Sight } from './sight.ts';

/** From here on a quota is near. */
const nearly = 0.8;
/** Step Functions' own, per account and region. */
const mostExecutions = 1_000_000;
/** SES allows so many times what we were told: a burst takes that much longer than it has to. */
const muchMore = 2;

/** What SES takes from us, how near it is to the most, and whether functions know its rate. */
export function mailQuotas(
  { mailService }: Pick<Sight, 'mailService'>,
  { mailPerSecond }: Pick<Circumstances, 'mailPerSecond'>,
): readonly Finding[] {
  const { most, sent, rate, peak, isEnabled } = mailService;
  const paused: readonly Finding[] = isEnabled
    ? []
    : [
        {
          about: 'SES',
          wrong: 'Sending is paused in this account: no email goes out. States try for a day.',
          mend: 'Read in the SES console why, answer AWS there, and resume: aws ses update-account-sending-enabled --enabled',
        },
      ];
  const sandbox: readonly Finding[] =
    most === 200 && rate <= 1
      ? [
          {
            about: 'SES',
            wrong: 'SES seems to be in its sandbox (200 emails a day, one a second): only verified addresses get any.',
            mend: 'Ask for production access in the SES console.',
          },
        ]
      : [];
  return [
    ...paused,
    ...sandbox,
    ...near('SES', { used: sent, most, unit: 'recipients in 24 hours', where: 'SES, "Sending quota"' }),
    ...near('SES', { used: peak, most: rate, unit: 'recipients a second', where: 'SES, "Sending rate"' }),
    ...(sandbox.length > 0 || mailPerSecond === undefined ? [] : toldRate(mailPerSecond, rate)),
  ];
}

/** The setting `mailPerSecond` beside what SES allows: emails of a burst take turns at that rate. */
function toldRate(told: number, rate: number): readonly Finding[] {
  const isTooFast = rate >= 0 && rate < told;
  if (!isTooFast && rate < muchMore * told) return [];
  const then = isTooFast
    ? 'In a burst, emails come too early and wait again.'
    : 'In a burst, emails wait longer than they have to.';
  return [
    {
      about: 'SES',
      wrong: `The setting mailPerSecond is ${shownCount(told)}, and SES allows ${shownCount(rate)} recipients a second. ${then}`,
      mend: `Set mailPerSecond to ${shownCount(rate)} for this stage, and deploy.`,
    },
  ];
}

const shownCount = (count: number): string => count.toLocaleString('en-US', { maximumFractionDigits: 1 });

/** How many executions are open, of those there may be. */
export const executionQuota = ({ executions }: Pick<Sight, 'executions'>): readonly Finding[] =>
  near('Step Functions', {
    used: executions.running.size,
    most: mostExecutions,
    unit: 'open executions',
    where: 'Step Functions, "Open executions"',
  });

interface Quota {
  readonly used: number;
  /** Negative: without end. */
  readonly most: number;
  readonly unit: string;
  readonly where: string;
}

function near(about: string, { used, most, unit, where }: Quota): readonly Finding[] {
  if (most < 0 || used < nearly * most) return [];
  return [
    {
      about,
      wrong: `${shownCount(used)} of at most ${shownCount(most)} ${unit} are used.`,
      mend: `Ask for more in the Service Quotas console (${where}).`,
    },
  ];
}
