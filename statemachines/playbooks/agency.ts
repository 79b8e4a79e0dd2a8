import { definePlaybook } from '../define-playbook.ts';

/** Overdue: the owner at once, their manager a business day later, then revenue operations. */
const escalation = [
  { kind: 'breach', when: { afterDue: '0 hours' }, tell: ['owner'] },
  { kind: 'escalate', when: { afterDue: '1 business day' }, tell: ['owner', 'manager'] },
  { kind: 'escalate', when: { afterDue: '2 business days' }, tell: ['owner', 'revenueOperations'] },
  { kind: 'stall', when: { afterDue: '3 business days' }, tell: ['owner', 'manager', 'revenueOperations'] },
] as const;

/**
 * The six steps of S1, for an agency whose account managers look after its clients: complete the form, schedule, meet,
 * introduce, kick off, two weeks of availability. Change it here, then `npm run asl`; handoffs that are already running keep
 * the rules they started with.
 */
export const playbook = definePlaybook({
  name: 'agency',
  roles: {
    accountExecutive: { name: 'account executive', side: 'sales' },
    customerSuccessManager: { name: 'account manager', side: 'success' },
    salesManager: { name: 'sales manager', side: 'sales' },
    successManager: { name: 'account director', side: 'success' },
    revenueOperations: { name: 'revenue operations', side: 'operations' },
  },
  accountable: 'customerSuccessManager',
  linkDays: 30,
  // Two steps may be open at once, each with its weekly mail: half a year of both keeps the history below 1,000 events.
  atLeast: 4,
  abandonAfter: '180 days',

  flow: [
    'name-account-manager',
    'tell-who-takes-over',
    {
      name: 'Complete the form beside the handoff meeting',
      beside: [['complete-form'], ['book-handoff-call', 'hold-handoff-call']],
    },
    'introduce-account-manager',
    {
      name: 'Kick off while sales stays available',
      beside: [['book-client-kickoff'], ['two-weeks-of-availability']],
    },
  ],

  steps: {
    'name-account-manager': {
      kind: 'ask',
      title: 'Name the account manager',
      ask: 'name the account manager',
      waitFor: 'account manager named',
      owner: 'revenueOperations',
      what: 'Choose who looks after this client. The assignment rules found no one.',
      why: 'No one is preparing for this client yet.',
      mail: {
        subject: 'name an account manager by {dueSoon}',
        preheader: 'No one matched the assignment rules. Your pick starts the handoff.',
        body: 'Choose who looks after {customer} by {due}. The assignment rules found no one.',
        button: 'Name the account manager',
        waits: 'No one is preparing for {customer} yet.',
      },
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'until-done',
      names: 'customerSuccessManager',
      choices: [
        {
          id: 'named',
          label: 'Name the account manager',
          done: { said: '{customerSuccessManager} has {customer}' },
          evidence: [
            {
              name: 'accountManager',
              label: 'Account manager',
              thing: 'an account manager',
              kind: 'person',
              from: { role: 'customerSuccessManager' },
              required: true,
            },
          ],
        },
      ],
      sources: ['S1', 'P'],
    },

    'tell-who-takes-over': {
      kind: 'tell',
      title: 'Who takes over',
      tell: 'tell who takes over',
      tells: [{ say: 'handoff-begins', state: 'Tell who takes over' }],
      sources: ['S1', 'S3'],
    },

    'complete-form': {
      kind: 'ask',
      title: 'Complete the handoff form',
      ask: 'complete the handoff form',
      waitFor: 'complete handoff form',
      owner: 'accountExecutive',
      what: 'Answer what is still open. Can’t get an answer? Ask for an exception on the same page.',
      why: 'Each answer saves the client from saying it again.',
      mail: {
        subject: '{answers} to go by {dueSoon}',
        preheader: "Answer once, and {customer} won't have to repeat it.",
        body: "Complete the {customer} form by {due}. What's to go is below: {answers}; each saves you a call later. Can't get one? Ask {reviewer} for an exception on the same page.",
        button: 'Complete the form',
        waits: "{customerSuccessManager} can't start without the form.",
      },
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'until-complete',
      fills: 'package',
      reviewedBy: ['revenueOperations'],
      review: { within: '24 hours', ladder: 'until-done' },
      marks: 'packageReady',
      choices: [
        {
          id: 'hand-over',
          label: 'Hand over the form',
          done: { said: 'Form complete' },
          does: 'complete-package',
          evidence: [],
        },
        {
          id: 'allow-exception',
          label: 'Allow the exception',
          done: { said: 'Exception granted' },
          does: 'grant-exception',
          by: ['reviewer', 'revenueOperations'],
          evidence: [
            { name: 'reason', label: 'Why it can go on without these answers', kind: 'longText', required: true },
            { name: 'owner', label: 'Who gets the answers (email)', kind: 'emails', required: true, max: 1 },
            { name: 'dueDate', label: 'By when', thing: 'the date', kind: 'date', required: true },
          ],
        },
      ],
      sources: ['S1'],
    },

    'book-handoff-call': {
      kind: 'ask',
      title: 'Book the handoff meeting',
      ask: 'book the handoff meeting',
      waitFor: 'handoff meeting booked',
      owner: 'accountExecutive',
      what: 'Pick a time with the account manager, {least} to {most} minutes. You both get an invitation with the agenda.',
      why: 'It is your chance to pass on what no form asks.',
      mail: {
        subject: 'book the handoff meeting by {dueSoon}',
        preheader: '{least} to {most} minutes with {customerSuccessManager}. We send the invitations.',
        body: "Pick a time with {customerSuccessManager} by {due}. {slot} is inside both your working hours. It's your chance to pass on what no form asks.",
        button: 'Book the meeting',
        waits: '{customerSuccessManager} prepares once the day is set.',
      },
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'until-done',
      plans: 'handoff-call',
      choices: [
        {
          id: 'booked',
          label: 'Book the meeting',
          done: { said: 'Meeting booked: {meetingAt}', also: 'Invitations go to {invited}.' },
          evidence: [
            {
              name: 'meetingAt',
              label: 'Date and time',
              kind: 'futureDateTime',
              required: true,
              suggest: 'meetingSlot',
            },
            { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true },
            {
              name: 'place',
              label: 'Where (link or room)',
              thing: 'where (link or room)',
              kind: 'text',
              required: false,
            },
          ],
        },
      ],
      announce: { say: 'internal-meeting-invitation', state: 'Send the handoff meeting invitation' },
      sources: ['S1'],
    },

    'hold-handoff-call': {
      kind: 'ask',
      title: 'Hold the handoff meeting',
      ask: 'hold the handoff meeting',
      request: 'report on the handoff meeting',
      waitFor: 'handoff meeting held',
      owner: 'customerSuccessManager',
      what: 'You have gone through the form together: share your notes and what is still open.',
      why: 'You’ll walk in knowing what the client was promised.',
      mail: {
        subject: 'share your meeting notes by {dueSoon}',
        preheader: "What you and {accountExecutive} agreed, while it's fresh.",
        body: "You met {accountExecutive} on {metAt}. Share the notes and what's still open by {due}, so nothing said gets lost.",
        button: 'Share the notes',
        waits: 'The introduction to {customer} waits for the notes.',
      },
      due: { after: 'closedWon', within: '48 hours' },
      ladder: 'until-done',
      marks: 'internalMeetingHeld',
      holds: 'handoff-call',
      shows: 'brief',
      ifCalledOff: { within: '24 hours' },
      choices: [
        {
          id: 'met',
          label: 'Share the notes',
          done: { said: 'Notes shared with {accountExecutive}' },
          evidence: [
            {
              name: 'heldAt',
              label: 'When it took place',
              kind: 'pastDateTime',
              required: true,
              suggest: 'scheduledMeeting',
            },
            { name: 'notes', label: 'Notes', thing: 'the notes', kind: 'longText', required: true },
            { name: 'openQuestions', label: 'Still open', kind: 'longText', required: false },
          ],
        },
      ],
      announce: { say: 'internal-meeting-notes', state: 'Share the handoff meeting notes' },
      sources: ['S1'],
    },

    'introduce-account-manager': {
      kind: 'ask',
      title: 'Send the introduction',
      ask: 'introduce the account manager',
      request: 'send the introduction',
      waitFor: 'approved introduction',
      owner: 'customerSuccessManager',
      what: 'Check the draft, choose who gets it, and send it. It goes out in your name, the account executive copied.',
      why: 'The client has signed and hasn’t met you yet.',
      mail: {
        subject: 'introduce yourself by {dueSoon}',
        preheader: 'Your draft is ready to check and send.',
        body: 'Check the draft, choose who gets it, and send it by {due}. It goes out in your name, {accountExecutive} copied.',
        button: 'Review and send',
        waits: "{customer} has signed and hasn't met {you} yet.",
      },
      due: { after: 'internalMeetingHeld', within: 'same day' },
      ladder: 'until-done',
      marks: 'introductionSent',
      choices: [
        {
          id: 'send',
          label: 'Send the introduction',
          done: {
            said: 'Introduction on its way',
            also: 'It goes to {recipients}, {accountExecutive} copied. Replies reach you.',
          },
          evidence: [
            {
              name: 'ready',
              label: 'Before you write',
              kind: 'checklist',
              required: true,
              items: ['I have read the brief', 'I know what this client was promised, and by when'],
            },
            { name: 'recipients', label: 'To', kind: 'emails', required: true, suggest: 'customerContacts' },
            {
              name: 'text',
              label: 'Email',
              thing: 'the email',
              kind: 'longText',
              required: true,
              suggest: 'introductionText',
            },
          ],
        },
      ],
      announce: { say: 'customer-introduction', state: 'Send the introduction to the client' },
      sources: ['S1'],
    },

    'book-client-kickoff': {
      kind: 'ask',
      title: 'Book the kickoff',
      ask: 'book the kickoff',
      waitFor: 'kickoff booked',
      owner: 'customerSuccessManager',
      what: 'Agree on a time with the client and enter it. We invite the client, you, and the account executive.',
      why: 'A date shows the client that work has begun.',
      mail: {
        subject: 'book the kickoff by {dueSoon}',
        preheader: 'Agree on a time with {contact}; we invite everyone.',
        body: 'Agree on a time with {contact} and enter it by {due}. We invite {customer}, you, and {accountExecutive}. A date shows {customer} that work has begun.',
        button: 'Book the kickoff',
        waits: '{customer} has no start date yet.',
      },
      due: { after: 'closedWon', within: '5 business days' },
      ladder: 'until-done',
      plans: 'client-kickoff',
      choices: [
        {
          id: 'agreed',
          label: 'Book the kickoff',
          done: { said: 'Kickoff booked: {meetingAt}' },
          evidence: [
            {
              name: 'meetingAt',
              label: 'Date and time',
              kind: 'futureDateTime',
              required: true,
              suggest: 'meetingSlot',
            },
            { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true },
            {
              name: 'place',
              label: 'Where (link or room)',
              thing: 'where (link or room)',
              kind: 'text',
              required: false,
            },
            {
              name: 'recipients',
              label: 'Who comes from the client',
              kind: 'emails',
              required: true,
              suggest: 'customerContacts',
            },
          ],
        },
      ],
      announce: { say: 'kickoff-invitation', state: 'Send the invitation to the kickoff' },
      sources: ['S1'],
    },

    'two-weeks-of-availability': {
      kind: 'tell',
      title: 'Availability of sales',
      tell: 'say that the availability of sales ends',
      tells: [
        {
          say: 'availability-closes',
          state: 'Say that the availability of sales ends',
          opens: { after: 'introductionSent', within: '14 days' },
        },
      ],
      sources: ['S1'],
    },

    'bring-open-item': {
      kind: 'ask',
      title: 'Open item',
      ask: 'settle the open item',
      waitFor: 'open item settled',
      owner: 'customerSuccessManager',
      what: 'Settle what was left open, or hand in the answers that are missing.',
      why: 'The handoff goes on meanwhile; this stays yours until it is settled.',
      due: { after: 'opened', within: '3 business days' },
      ladder: 'until-brought',
      settles: 'open-item',
      choices: [
        {
          id: 'supplied',
          label: 'Hand in the answers',
          done: { said: 'Answers handed in' },
          does: 'supply-answers',
          evidence: [],
        },
        {
          id: 'settled',
          label: 'It is settled',
          done: { said: 'Open item settled' },
          evidence: [{ name: 'outcome', label: 'What came of it', kind: 'longText', required: true }],
        },
        {
          id: 'not-possible',
          label: 'It is not possible',
          done: { said: 'Noted: it is not possible' },
          does: 'give-up',
          evidence: [{ name: 'reason', label: 'Why not', kind: 'longText', required: true }],
        },
      ],
      sources: ['S2', 'P'],
    },
  },

  ladders: {
    'until-done': {
      rungs: [{ kind: 'warn', when: { beforeDue: '4 hours' }, tell: ['owner'] }, ...escalation],
      afterwards: { nagEvery: '7 days' },
    },
    /** The form is reminded of on the evening of the signing day. */
    'until-complete': {
      rungs: [{ kind: 'remind', when: { after: 'closedWon', within: 'same day' }, tell: ['owner'] }, ...escalation],
      afterwards: { nagEvery: '7 days' },
    },
    /** What is owed after the handoff went on without it: chased to the end, while nothing waits for it. */
    'until-brought': {
      rungs: [{ kind: 'warn', when: { beforeDue: '8 hours' }, tell: ['owner'] }, ...escalation],
      afterwards: { nagEvery: '7 days' },
    },
  },

  meetings: {
    'handoff-call': {
      title: 'Handoff meeting: {customer}',
      minutes: { usual: 30, least: 15, most: 45 },
      who: ['customerSuccessManager', 'accountExecutive'],
      agenda: [
        { title: 'Why they bought, and what for', minutes: 10, pillar: 'context' },
        { title: 'Who decides and who works with us', minutes: 5, pillar: 'relationships' },
        { title: 'What they expect first', minutes: 5, pillar: 'goals' },
        { title: 'What to be careful with', minutes: 10, pillar: 'risks' },
      ],
    },
    'client-kickoff': {
      title: 'Kickoff: {customer} and {company}',
      minutes: { usual: 45, least: 30, most: 120 },
      who: ['customerSuccessManager', 'accountExecutive'],
      withCustomer: true,
      agenda: [
        { title: 'Who is who, on both sides', minutes: 10 },
        { title: 'What you want to reach first', minutes: 15 },
        { title: 'Scope, schedule, and how we work together', minutes: 15 },
        { title: 'Next steps', minutes: 5 },
      ],
    },
  },

  /** S1 asks for the deal, the people, the contract, red flags and how to communicate: nothing technical, no recordings. */
  fields: {
    'technicalRequirements.integrations': { required: false },
    'technicalRequirements.dataMigration': { required: false },
    'technicalRequirements.compliance': { required: false },
    'customerGoals.outcomes60Days': { required: false },
    'customerGoals.outcomes90Days': { required: false },
    'attachments.callRecordings': { required: false },
  },

  fallbackSegment: 'standard',
  segments: { standard: {} },
  industries: {},
});
