import { type Settings, senderIdentityOf } from '../../stack/settings.ts';
import type { Finding } from './finding.ts';

/** SES's API of version 2, which alone says whether an account is in the sandbox: a GET by its path. */
export type SesRead = (path: string) => Promise<Readonly<Record<string, unknown>>>;

/** Whether SES sends mail for the sender, and to anybody. */
export async function checkMail(settings: Settings, ses: SesRead): Promise<readonly Finding[]> {
  const identity = senderIdentityOf(settings);
  return [await checkIdentity(settings, identity, ses), ...checkAccount(settings, await ses('/v2/email/account'))];
}

async function checkIdentity({ stage }: Settings, identity: string, ses: SesRead): Promise<Finding> {
  const mends = identity.includes('@')
    ? `Follow the link in the mail that SES sent to ${identity}; SES, Identities sends it again.`
    : `Publish the three DKIM records of ${identity} that SES, Identities shows (and the deploy printed); SES looks for them for three days, then asks to be told to look again.`;
  const unverified = (why: string): Finding => ({
    kind: 'bad',
    what: `SES has not verified the sender ${identity} (${why}), and sends nothing as it`,
    remedy: mends,
  });
  try {
    const found = await ses(`/v2/email/identities/${encodeURIComponent(identity)}`);
    if (found['VerifiedForSendingStatus'] !== true) return unverified(String(found['VerificationStatus'] ?? 'PENDING'));
    return { kind: 'good', what: `SES has verified the sender ${identity}` };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'NotFoundException') throw error;
    return {
      kind: 'bad',
      what: `SES does not know the sender ${identity} in this region`,
      remedy: `Set "senderIdentity": "create" for one stage of the account, such as ${stage}, and deploy it; or name in "senderIdentityName" what SES has verified.`,
    };
  }
}

function checkAccount({ sandboxRecipients }: Settings, account: Readonly<Record<string, unknown>>): readonly Finding[] {
  const { Max24HourSend: daily, SentLast24Hours: sent } = Object(account['SendQuota']);
  const quota = `${sent ?? 0} of ${daily ?? '?'} mails used in 24 hours`;
  const findings: Finding[] = [];
  if (account['SendingEnabled'] === false || account['EnforcementStatus'] === 'SHUTDOWN')
    findings.push({
      kind: 'bad',
      what: 'SES sends nothing from this account: sending is paused',
      remedy: 'See why on the SES account dashboard, and answer the case that AWS has opened about it.',
    });
  else if (account['EnforcementStatus'] === 'PROBATION')
    findings.push({
      kind: 'bad',
      what: 'SES reviews this account, and may pause it',
      remedy: 'See why on the SES account dashboard (bounces or complaints), and correct the addresses.',
    });
  if (account['ProductionAccessEnabled'] === true)
    findings.push({ kind: 'good', what: `SES sends to anybody: ${quota}` });
  else if (sandboxRecipients.length > 0)
    findings.push({
      kind: 'not yet',
      what: `SES is in its sandbox, and sends to the verified addresses alone (sandboxRecipients: ${sandboxRecipients.length}): ${quota}. Ask for production access before the first real deal`,
    });
  else
    findings.push({
      kind: 'bad',
      what: `SES is in its sandbox: mail to an address that is not verified is refused (${quota})`,
      remedy:
        'Ask for production access (SES, account dashboard). Until then, verify addresses to try things out with and name them in "sandboxRecipients".',
    });
  return findings;
}
