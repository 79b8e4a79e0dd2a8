interface MailEventOptions {
  readonly to?: readonly string[];
  readonly bounceType?: string;
  readonly messageId?: string;
  readonly sentAt?: string;
  readonly at?: string;
  readonly tags?: Readonly<Record<string, readonly string[]>>;
}

/** An event of SES's event publishing, as EventBridge delivers it. */
export function mailEvent(type: 'Bounce' | 'Complaint' | 'Delivery' | 'Reject', options: MailEventOptions = {}) {
  const to = options.to ?? ['anna.keller@example.com'];
  const timestamp = options.at ?? '2026-11-17T08:30:02.000Z';
  const detailTypes = {
    Bounce: 'Email Bounced',
    Complaint: 'Email Complaint Received',
    Delivery: 'Email Delivered',
    Reject: 'Email Rejected',
  } as const;
  const parts = {
    Bounce: {
      bounceType: options.bounceType ?? 'Permanent',
      bounceSubType: 'NoEmail',
      bouncedRecipients: to.map((emailAddress) => ({ emailAddress, action: 'failed', status: '5.1.1' })),
      timestamp,
      feedbackId: 'feedback-1',
    },
    Complaint: {
      complainedRecipients: to.map((emailAddress) => ({ emailAddress })),
      complaintFeedbackType: 'abuse',
      timestamp,
    },
    Delivery: { recipients: to, timestamp, processingTimeMillis: 2000 },
    Reject: { reason: 'Bad content' },
  } as const;
  return {
    version: '0',
    id: 'event-1',
    'detail-type': detailTypes[type],
    source: 'aws.ses',
    time: '2026-11-17T08:30:03Z',
    detail: {
      eventType: type,
      [type.toLowerCase()]: parts[type],
      mail: {
        timestamp: options.sentAt ?? '2026-11-17T08:30:00.000Z',
        source: 'handoff@example.com',
        messageId: options.messageId ?? 'ses-1',
        destination: to,
        tags: options.tags ?? {
          handoff: ['D-2026-1041-1'],
          kind: ['ask'],
          step: ['schedule-internal-meeting'],
          'ses:configuration-set': ['handoff'],
        },
      },
    },
  };
}
