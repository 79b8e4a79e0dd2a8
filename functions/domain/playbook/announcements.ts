/** What a step must have so that a mail can be written from it: the kind of each field its answer carries, by name. */
export interface AnnouncementRule {
  /** Goes to people at the customer: at most once, and never without somebody's approval. */
  readonly toCustomer: boolean;
  /** How colleagues call this mail in a sentence. */
  readonly called: string;
  /**
   * What it is written from. `decision`: the answer to the step that announces it, with these fields by name. `plans`, `holds`:
   * the meeting of that step. `scores`: the score of that step. `approved`: recipients approved in an earlier step.
   */
  readonly from: 'handoff' | 'decision' | 'plans' | 'holds' | 'scores' | 'approved';
  readonly fields?: Readonly<Record<string, string>>;
  /** Fields that mean something to this mail where the form has them, with their kinds. */
  readonly optional?: Readonly<Record<string, string>>;
  /** Another mail that says this, too, where it comes no later: then only that one is sent. */
  readonly saidBy?: string;
}

/**
 * Mails that are sent because something happened, not because somebody is asked: the one list of them. What each says is in
 * `domain/messages`.
 */
export const announcements = {
  'handoff-begins': { toCustomer: false, called: 'the note on who takes over', from: 'handoff' },
  'internal-meeting-invitation': {
    toCustomer: false,
    called: 'the invitation to the internal meeting',
    from: 'plans',
  },
  'internal-meeting-notes': {
    toCustomer: false,
    called: 'the notes from the internal meeting',
    from: 'holds',
    fields: { notes: 'longText' },
    optional: { openQuestions: 'longText' },
  },
  'customer-introduction': {
    toCustomer: true,
    called: 'the introduction',
    from: 'decision',
    fields: { recipients: 'emails', text: 'longText' },
  },
  'kickoff-invitation': {
    toCustomer: true,
    called: 'the kickoff invitation',
    from: 'plans',
    fields: { recipients: 'emails' },
  },
  'handoff-confirmation': { toCustomer: false, called: 'the confirmation', from: 'decision' },
  'availability-closes': {
    toCustomer: false,
    called: 'the note that availability closes',
    from: 'handoff',
    saidBy: 'availability-ended',
  },
  'availability-ended': { toCustomer: false, called: 'the note that availability has ended', from: 'handoff' },
  feedback: { toCustomer: false, called: 'the feedback', from: 'decision' },
  'first-value': { toCustomer: false, called: 'the news of first value', from: 'decision' },
  'low-score': { toCustomer: false, called: 'the alert about a low score', from: 'scores' },
  'onboarding-faq': { toCustomer: true, called: 'the onboarding email on frequent questions', from: 'approved' },
  'onboarding-features': { toCustomer: true, called: 'the onboarding email on key features', from: 'approved' },
  'onboarding-contacts': {
    toCustomer: true,
    called: 'the onboarding email on contacts and resources',
    from: 'approved',
  },
  'renewal-reminder': { toCustomer: false, called: 'the renewal reminder', from: 'handoff' },
} as const satisfies Readonly<Record<string, AnnouncementRule>>;

/** The kind of a mail that tells. */
export type Announcement = keyof typeof announcements;

/** The rule of a kind of mail. */
export const announcementRule = (say: Announcement): AnnouncementRule => announcements[say];
