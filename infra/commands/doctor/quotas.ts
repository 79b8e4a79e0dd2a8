import type { Finding } from './finding.ts';
import type { Sight } from './sight.ts';

/** From here on a quota is near. */
const nearly = 0.8;
/** Step Functions' own, per account and region. */
const mostExecutions = 1_000_000;

/** What SES takes from us, and how near it is to the most. */
export function mailQuotas({ mailService }: Pick<Sight, 'mailService'>): readonly Finding[] {
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
  ];
}

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
  const text = (count: number) => count.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return [
    {
      about,
      wrong: `${text(used)} of at most ${text(most)} ${unit} are used.`,
      mend: `Ask for more in the Service Quotas console (${where}).`,
    },
  ];
}
