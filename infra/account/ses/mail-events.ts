import type { Clock } from '../clock.ts';
import type { EventBus, ServiceEvent } from '../events.ts';
import { arn, type Identity } from '../identity.ts';
import type { Mail } from './mail.ts';
import type { Bounce, MailTroubles } from './trouble.ts';

export interface MailEventsWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly newId: () => string;
  readonly trouble: MailTroubles;
  readonly events: EventBus;
}

/** How long after sending the other side's server answers. */
const answerDelay = 2000;

/**
 * Sends what becomes of a mail to the bus, one event per recipient: `Email Bounced`, `Email Complaint Received` or
 * `Email Delivered`. Where no rule listens for it, nothing is put on the clock's agenda.
 */
export function reportFate(world: MailEventsWorld, mail: Mail): void {
  const { clock, trouble, events } = world;
  for (const address of mail.recipients) {
    const fates = fatesOf(world, mail, address).filter(({ detailType }) => events.hears('aws.ses', detailType));
    if (fates.length === 0) continue;
    const bounce = trouble.bounceOf(address);
    const label = bounce === undefined ? `Mail reaches ${address}` : `Mail to ${address} bounces`;
    const delay = isWell(trouble, address) && !clock.isRealTime() ? 0 : answerDelay;
    clock.at(clock.now() + delay, () => fates.forEach(events.publish), label);
  }
}

/** In virtual time, a mail that simply arrives is nothing to stop the clock for. */
const isWell = (trouble: MailTroubles, address: string): boolean =>
  trouble.bounceOf(address) === undefined && !trouble.complains(address);

function fatesOf(world: MailEventsWorld, mail: Mail, address: string): ServiceEvent[] {
  const at = new Date(mail.at + answerDelay).toISOString();
  const bounce = world.trouble.bounceOf(address);
  if (bounce !== undefined) return [bounced(world, mail, { address, bounce, at })];
  const arrived = delivered(world, mail, { address, at });
  return world.trouble.complains(address) ? [arrived, complained(world, mail, { address, at })] : [arrived];
}

/** What happened to one recipient, and when (ISO 8601, UTC). */
interface Fate {
  readonly address: string;
  readonly at: string;
}

function bounced(world: MailEventsWorld, mail: Mail, fate: Fate & { readonly bounce: Bounce }): ServiceEvent {
  const { bounce, address } = fate;
  const permanent = bounce.type === 'Permanent';
  const diagnosticCode = permanent ? 'smtp; 550 5.1.1 user unknown' : 'smtp; 452 4.2.2 mailbox full';
  const bouncedRecipient = {
    emailAddress: address,
    action: 'failed',
    status: permanent ? '5.1.1' : '4.2.2',
    diagnosticCode,
  };
  return mailEvent(world, mail, {
    detailType: 'Email Bounced',
    eventType: 'Bounce',
    bounce: {
      feedbackId: `${world.newId()}-000000`,
      bounceType: bounce.type,
      bounceSubType: bounce.subType,
      bouncedRecipients: [bouncedRecipient],
      timestamp: fate.at,
      reportingMTA: 'dns; mail.example.com',
    },
  });
}

function complained(world: MailEventsWorld, mail: Mail, fate: Fate): ServiceEvent {
  return mailEvent(world, mail, {
    detailType: 'Email Complaint Received',
    eventType: 'Complaint',
    complaint: {
      feedbackId: `${world.newId()}-000000`,
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: fate.address }],
      timestamp: fate.at,
      complaintFeedbackType: 'abuse',
    },
  });
}

function delivered(world: MailEventsWorld, mail: Mail, fate: Fate): ServiceEvent {
  return mailEvent(world, mail, {
    detailType: 'Email Delivered',
    eventType: 'Delivery',
    delivery: {
      timestamp: fate.at,
      processingTimeMillis: answerDelay,
      recipients: [fate.address],
      smtpResponse: '250 2.0.0 OK',
      reportingMTA: 'mail.example.com',
    },
  });
}

/** SES's envelope around what happened, with the mail as SES describes it. */
function mailEvent(
  world: MailEventsWorld,
  mail: Mail,
  event: { readonly detailType: string; readonly eventType: string; readonly [part: string]: unknown },
): ServiceEvent {
  const { detailType, ...happened } = event;
  const sourceArn = arn(world.identity, 'ses', `identity/${mail.from.address}`);
  const set = mail.configurationSet;
  const named = { ...(set !== undefined && { 'ses:configuration-set': set }), ...mail.tags };
  const tags = Object.entries(named).map(([name, value]) => [name, [value]] as const);
  return {
    source: 'aws.ses',
    detailType,
    resources: [sourceArn],
    detail: {
      ...happened,
      mail: {
        timestamp: new Date(mail.at).toISOString(),
        source: mail.from.address,
        sourceArn,
        sendingAccountId: world.identity.accountId,
        messageId: mail.id,
        destination: mail.recipients,
        headersTruncated: false,
        headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
        commonHeaders: {
          from: [mail.headers['from'] ?? mail.from.address],
          to: mail.to.map((each) => each.address),
          messageId: mail.id,
          subject: mail.subject,
        },
        tags: Object.fromEntries(tags),
      },
    },
  };
}
