import { definePlaybook } from '../../../statemachines/define-playbook.ts';
import { asListed } from './package-table.ts';

/** The list an experienced CSM goes through before the first contact with a customer (S4). */
const preContactChecklist = [
  'I have read the brief',
  'I know why they bought and what they expect by day 30, 60 and 90',
  'I know the promises made while selling, and their dates',
  'I know the red flags, and whom not to ask what',
  'I know the preferred channel, language and time zone',
] as const;

/** What both sides are asked when the handoff is confirmed (S3). */
const retrospect = [
  { name: 'right', label: 'What went right', kind: 'longText', required: false },
  { name: 'wrong', label: 'What went wrong', kind: 'longText', required: false },
  { name: 'better', label: 'What could be better', kind: 'longText', required: false },
] as const;

/** The published ladder (S4): the breach, then a rung per business day. */
const escalation = [
  { kind: 'breach', when: { afterDue: '0 hours' }, tell: ['owner'] },
  { kind: 'escalate', when: { afterDue: '1 business day' }, tell: ['owner', 'manager'] },
  { kind: 'escalate', when: { afterDue: '2 business days' }, tell: ['owner', 'revenueOperations'] },
] as const;

/**
 * A playbook that has every capability there is: what the tests of the engine, the domain, the verbs, the pages and the mails
 * run on, so that they say what the code does whatever the default playbook promises. Its promises are of no importance in
 * themselves; tests count on them as they stand here. What the default playbook promises is stated in `test/sop/`.
 */
export const full = definePlaybook({
  name: 'full',
  roles: {
    accountExecutive: { name: 'account executive', side: 'sales' },
    customerSuccessManager: { name: 'customer success manager', side: 'success' },
    salesManager: { name: 'sales manager', side: 'sales' },
    successManager: { name: 'customer success lead', side: 'success' },
    revenueOperations: { name: 'revenue operations', side: 'operations' },
  },
  accountable: 'customerSuccessManager',
  linkDays: 30,
  draftTarget: 70,
  atLeast: 4,
  abandonAfter: '350 days',

  flow: [
    'assign-customer-success-manager',
    {
      name: 'Prepare the handoff beside the phone introduction',
      beside: [
        [
          'complete-package',
          'schedule-internal-meeting',
          'review-brief',
          'hold-internal-meeting',
          {
            name: 'Introduce and kick off beside planning',
            beside: [
              ['introduce-customer', 'schedule-kickoff', 'hold-kickoff'],
              ['map-stakeholders', 'align-success-plan'],
            ],
          },
        ],
        ['introduce-by-phone'],
      ],
    },
    'confirm-handoff',
    {
      name: 'Follow up',
      beside: [
        ['close-availability'],
        ['give-feedback'],
        ['rate-handoff'],
        ['record-first-value'],
        ['send-onboarding-mails'],
      ],
    },
    'remind-of-renewal',
  ],

  steps: {
    'assign-customer-success-manager': {
      kind: 'ask',
      title: 'Name the customer success manager',
      ask: 'name the customer success manager',
      waitFor: 'customer success manager named',
      owner: 'revenueOperations',
      what: 'No customer success manager fits this deal by the assignment rules. Choose who takes the customer.',
      why: 'Until somebody is named, nobody is responsible for this customer.',
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'standard',
      names: 'customerSuccessManager',
      choices: [
        {
          id: 'assigned',
          label: 'Assign',
          evidence: [
            {
              name: 'customerSuccessManager',
              label: 'Customer success manager',
              kind: 'person',
              from: { role: 'customerSuccessManager' },
              required: true,
            },
          ],
        },
      ],
      sources: ['S3', 'P'],
    },

    'complete-package': {
      kind: 'ask',
      title: 'Complete the handoff package',
      ask: 'complete the handoff package',
      waitFor: 'complete handoff package',
      owner: 'accountExecutive',
      what: 'Fill in what is missing. If something cannot be known, ask the reviewer for an exception.',
      why: 'The customer must never be asked again what they already told us.',
      due: { after: 'closedWon', within: '48 hours' },
      ladder: 'package',
      fills: 'package',
      reviewedBy: ['customerSuccessManager', 'revenueOperations'],
      review: { within: '24 hours', ladder: 'until-settled' },
      marks: 'packageReady',
      choices: [
        { id: 'complete', label: 'Hand over the complete package', does: 'complete-package', evidence: [] },
        {
          id: 'grant-exception',
          label: 'Grant the exception',
          does: 'grant-exception',
          by: ['reviewer', 'revenueOperations'],
          evidence: [
            {
              name: 'reason',
              label: 'Why this handoff may go on without it',
              kind: 'longText',
              required: true,
            },
            {
              name: 'owner',
              label: 'Who will supply what is missing (mail address)',
              kind: 'emails',
              required: true,
              max: 1,
            },
            { name: 'dueDate', label: 'By when', kind: 'date', required: true },
          ],
        },
      ],
      sources: ['S0', 'S1', 'S2', 'S3', 'S4'],
    },

    'schedule-internal-meeting': {
      kind: 'ask',
      title: 'Schedule the internal handoff meeting',
      ask: 'schedule the internal meeting',
      waitFor: 'internal meeting scheduled',
      owner: 'accountExecutive',
      what: 'Choose a time for the internal handoff meeting, {least} to {most} minutes. Both of you get an invitation with the agenda.',
      why: 'A live handoff catches what no form asks for.',
      mail: {
        subject: 'book the handoff meeting by {dueSoon}',
        preheader: '{least} to {most} minutes with {customerSuccessManager}.',
        body: 'Pick a time with {customerSuccessManager} by {due}. {slot} suits both of you. The kickoff was {meetingAt}.',
        button: 'Book the meeting',
        waits: 'The questions of {customerSuccessManager} wait for a time.',
      },
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'standard',
      choices: [
        {
          id: 'scheduled',
          label: 'Send the invitation',
          evidence: [
            {
              name: 'meetingAt',
              label: 'Date and time',
              kind: 'futureDateTime',
              required: true,
              suggest: 'meetingSlot',
            },
            { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true },
            { name: 'place', label: 'Where (link or room)', kind: 'text', required: false },
            {
              name: 'personalLine',
              label: 'A personal line to the customer for the introduction',
              kind: 'longText',
              required: false,
              max: 500,
              hint: 'in your own words; the customer success manager sends it on with the introduction',
              supplies: 'personalLine',
            },
          ],
        },
      ],
      plans: 'internal-meeting',
      announce: { say: 'internal-meeting-invitation', state: 'Send the internal meeting invitation' },
      sources: ['S0', 'S1', 'S2', 'S4'],
    },

    'review-brief': {
      kind: 'ask',
      title: 'Review the brief',
      ask: 'review the brief',
      waitFor: 'review of the brief',
      owner: 'customerSuccessManager',
      what: 'Read the brief. Accept the handoff if you can work with it, or return it and name what is missing.',
      why: 'Accepting means: from here on I know what this customer was promised.',
      due: { after: 'packageReady', within: '24 hours' },
      ladder: 'standard',
      choices: [
        {
          id: 'accept',
          label: 'Accept: handoff ready',
          proves: 'acknowledged',
          evidence: [
            {
              name: 'questions',
              label: 'Questions for the meeting, one line each',
              kind: 'longText',
              required: false,
              max: 2000,
              hint: 'they go into the agenda of the internal meeting',
              supplies: 'meetingQuestions',
            },
          ],
        },
        {
          id: 'return',
          label: 'Return to the account executive',
          evidence: [
            {
              name: 'gaps',
              label: 'What is missing or unclear',
              kind: 'gaps',
              hint: 'Open a section and ask a question about an answer. What is about none of them goes into the box.',
              required: true,
            },
          ],
        },
      ],
      shows: 'brief',
      returns: { choice: 'return', to: 'complete-package', within: '24 hours' },
      sources: ['S2', 'S4', 'P'],
    },

    'hold-internal-meeting': {
      kind: 'ask',
      title: 'Hold the internal handoff meeting',
      ask: 'hold the internal meeting',
      waitFor: 'internal meeting held',
      owner: 'customerSuccessManager',
      what: 'Hold the meeting live: context, expectations, risks. Then note here what came out of it.',
      why: 'After it you have all you need, and sales has nothing left unsaid.',
      due: { after: 'closedWon', within: '48 hours' },
      ladder: 'standard',
      marks: 'internalMeetingHeld',
      choices: [
        {
          id: 'held',
          label: 'The meeting was held',
          evidence: [
            { name: 'heldAt', label: 'Held at', kind: 'pastDateTime', required: true, suggest: 'scheduledMeeting' },
            { name: 'notes', label: 'Outcome', kind: 'longText', required: true },
            { name: 'recording', label: 'Recording', kind: 'link', required: false, proves: 'meetingRecorded' },
            { name: 'openQuestions', label: 'Open questions', kind: 'longText', required: false },
          ],
        },
      ],
      holds: 'internal-meeting',
      ifCalledOff: { within: '24 hours' },
      announce: { say: 'internal-meeting-notes', state: 'Share the internal meeting notes' },
      sources: ['S0', 'S1', 'S2', 'S3', 'S4'],
    },

    'introduce-by-phone': {
      kind: 'ask',
      title: 'Introduce the customer success manager by phone',
      ask: 'introduce by phone',
      waitFor: 'phone introduction',
      owner: 'accountExecutive',
      what: 'Call your main contact and introduce the customer success manager personally.',
      why: 'A large customer should hear from you, not from a form, who looks after them now.',
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'follow-up',
      choices: [
        {
          id: 'called',
          label: 'I have called',
          evidence: [
            { name: 'heldAt', label: 'Called at', kind: 'pastDateTime', required: true },
            { name: 'notes', label: 'What they said', kind: 'longText', required: false },
          ],
        },
      ],
      sources: ['S3'],
    },

    'introduce-customer': {
      kind: 'ask',
      title: 'Introduce the customer success manager',
      ask: 'introduce the customer success manager',
      waitFor: 'approved customer introduction',
      owner: 'customerSuccessManager',
      what: 'Tick the checklist, edit the mail, choose who gets it. It goes out in your name with the account executive in copy.',
      why: 'The customer learns the same day who is there for them, from one mail that is right.',
      due: { after: 'internalMeetingHeld', within: 'same day' },
      ladder: 'standard',
      marks: 'introductionSent',
      choices: [
        {
          id: 'approved',
          label: 'Approve and send',
          evidence: [
            {
              name: 'checklist',
              label: 'Before the first contact',
              kind: 'checklist',
              required: true,
              items: preContactChecklist,
            },
            {
              name: 'recording',
              label: 'Link to a call recording or a meeting summary',
              kind: 'link',
              required: true,
              settles: 'recordingsAttached',
            },
            { name: 'recipients', label: 'To', kind: 'emails', required: true, suggest: 'customerContacts' },
            { name: 'text', label: 'Mail', kind: 'longText', required: true, suggest: 'introductionText' },
          ],
        },
      ],
      floor: ['packageComplete', 'recordingsAttached'],
      approves: 'send-onboarding-mails',
      announce: { say: 'customer-introduction', state: 'Send the introduction to the customer' },
      sources: ['S0', 'S1', 'S2', 'S3', 'S4'],
    },

    'schedule-kickoff': {
      kind: 'ask',
      title: 'Schedule the kickoff',
      ask: 'schedule the kickoff',
      waitFor: 'kickoff scheduled',
      owner: 'customerSuccessManager',
      what: 'Agree on a time with the customer. The invitation goes to the customer, to you and to the account executive.',
      why: 'The first days decide whether the customer believes they bought the right thing.',
      due: { after: 'closedWon', within: '3 business days' },
      ladder: 'standard',
      choices: [
        {
          id: 'scheduled',
          label: 'Send the invitation',
          evidence: [
            {
              name: 'meetingAt',
              label: 'Date and time',
              kind: 'futureDateTime',
              required: true,
              suggest: 'meetingSlot',
            },
            { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true },
            { name: 'place', label: 'Where (link or room)', kind: 'text', required: false },
            {
              name: 'recipients',
              label: 'Customer participants',
              kind: 'emails',
              required: true,
              suggest: 'customerContacts',
            },
            {
              name: 'positiveReply',
              label: 'Did the customer answer the introduction positively?',
              kind: 'yesNo',
              required: false,
              proves: 'positiveReply',
              negative: {
                title: "Win the customer's first reply",
                what: 'Find out why the customer has not answered, or not gladly, and get them to say yes to the start.',
                within: '3 business days',
              },
            },
          ],
        },
      ],
      plans: 'kickoff',
      announce: { say: 'kickoff-invitation', state: 'Send the kickoff invitation' },
      sources: ['S0', 'S1'],
    },

    'hold-kickoff': {
      kind: 'ask',
      title: 'Hold the kickoff',
      ask: 'hold the kickoff',
      waitFor: 'kickoff held',
      owner: 'customerSuccessManager',
      what: 'Hold the kickoff and present the plan. Then note here what came out of it.',
      why: 'From here on the customer works toward their first result.',
      due: { after: 'closedWon', within: '5 business days' },
      ladder: 'standard',
      marks: 'kickoffHeld',
      holds: 'kickoff',
      ifCalledOff: { within: '24 hours' },
      choices: [
        {
          id: 'held',
          label: 'The kickoff was held',
          evidence: [
            { name: 'heldAt', label: 'Held at', kind: 'pastDateTime', required: true, suggest: 'scheduledMeeting' },
            { name: 'notes', label: 'Outcome', kind: 'longText', required: true },
          ],
        },
      ],
      sources: ['S3'],
    },

    'send-onboarding-mails': {
      kind: 'tell',
      title: 'Onboarding mail sequence',
      tell: 'send the onboarding mails',
      tells: [
        {
          say: 'onboarding-faq',
          state: 'Send the onboarding mail on frequent questions',
          opens: { after: 'handoffConfirmed', within: '1 day' },
        },
        {
          say: 'onboarding-features',
          state: 'Send the onboarding mail on key features',
          opens: { after: 'handoffConfirmed', within: '4 days' },
        },
        {
          say: 'onboarding-contacts',
          state: 'Send the onboarding mail on contacts and resources',
          opens: { after: 'handoffConfirmed', within: '8 days' },
        },
      ],
      sources: ['S3'],
    },

    'map-stakeholders': {
      kind: 'ask',
      title: 'Verify the stakeholder map',
      ask: 'verify the stakeholder map',
      waitFor: 'verified stakeholder map',
      owner: 'customerSuccessManager',
      what: 'Check who decides, who champions, who blocks and how each wants to be reached; correct what is wrong.',
      why: 'A handoff that knows only one person ends when that person leaves.',
      due: { after: 'closedWon', within: '3 business days' },
      ladder: 'standard',
      choices: [
        {
          id: 'verified',
          label: 'The map is right',
          evidence: [
            {
              name: 'stakeholders',
              label: 'Stakeholders',
              kind: 'stakeholders',
              required: true,
              suggest: 'stakeholderMap',
            },
            {
              name: 'allKeyContacts',
              label: 'Are all key contacts identified?',
              kind: 'yesNo',
              required: true,
              proves: 'allKeyContacts',
              negative: {
                title: 'Find the missing key contacts',
                what: 'Find out who they are, and add them to the stakeholder map.',
                within: '5 business days',
                asks: 'missingContacts',
              },
            },
            {
              name: 'missingContacts',
              label: 'Who is missing, and how will you find them?',
              kind: 'longText',
              required: false,
              hint: 'needed when some are not identified',
            },
          ],
        },
      ],
      sources: ['S2'],
    },

    'align-success-plan': {
      kind: 'ask',
      title: 'Align the success plan',
      ask: 'align the success plan',
      waitFor: 'aligned success plan',
      owner: 'customerSuccessManager',
      what: 'Draft the success plan, have it reviewed internally, and agree on it with the customer.',
      why: 'Both sides then mean the same thing by success.',
      due: { after: 'closedWon', within: '5 business days' },
      ladder: 'standard',
      choices: [
        {
          id: 'aligned',
          label: 'The plan stands',
          evidence: [
            {
              name: 'plan',
              label: 'The plan, or a link to it',
              kind: 'longText',
              required: true,
              suggest: 'successPlan',
              supplies: 'successPlan',
            },
            { name: 'reviewedInternally', label: 'Reviewed internally?', kind: 'yesNo', required: true },
            {
              name: 'clientAgreed',
              label: 'Has the customer agreed?',
              kind: 'yesNo',
              required: true,
              proves: 'clientAgreed',
            },
          ],
        },
      ],
      sources: ['S2', 'S4'],
    },

    'confirm-handoff': {
      kind: 'ask',
      title: 'Confirm the handoff',
      ask: 'confirm the handoff',
      waitFor: 'confirmed handoff',
      owner: 'customerSuccessManager',
      what: 'Sign off: customer success has taken over. If you like, say what went right, wrong, and could be better.',
      why: 'Sales may let go once you say so, and not before.',
      due: { after: 'closedWon', within: '5 business days' },
      ladder: 'standard',
      marks: 'handoffConfirmed',
      choices: [
        {
          id: 'confirmed',
          label: 'Sign off',
          evidence: [
            {
              name: 'signOff',
              label: 'Sign-off',
              kind: 'checklist',
              required: true,
              items: ['Customer success has taken over this customer'],
            },
            ...retrospect,
          ],
        },
      ],
      announce: {
        say: 'handoff-confirmation',
        state: 'Tell the account executive the handoff is complete',
        offers: 'share-remarks',
      },
      sources: ['S2', 'S3'],
    },

    'share-remarks': {
      kind: 'ask',
      title: 'Say how the handoff went',
      ask: 'say how the handoff went',
      waitFor: 'remarks on the handoff',
      owner: 'accountExecutive',
      what: 'If you like, say what went right, wrong, and could be better. Nobody will remind you.',
      why: 'The next handoff starts from what you say.',
      due: { after: 'handoffConfirmed', within: '14 days' },
      ladder: 'follow-up',
      optional: true,
      choices: [
        {
          id: 'shared',
          label: 'Send',
          evidence: [...retrospect],
        },
      ],
      sources: ['S3'],
    },

    'close-availability': {
      kind: 'tell',
      title: 'Availability of sales',
      tell: 'tell about the availability of sales',
      tells: [
        {
          say: 'availability-closes',
          state: 'Tell that the availability window closes',
          opens: { after: 'introductionSent', within: '14 days' },
        },
        {
          say: 'availability-ended',
          state: 'Tell that escalations to sales end',
          opens: { after: 'closedWon', within: '30 days' },
        },
      ],
      sources: ['S0', 'S1', 'S2'],
    },

    'give-feedback': {
      kind: 'ask',
      title: 'Give feedback to the account executive',
      ask: 'give feedback to the account executive',
      waitFor: 'feedback',
      owner: 'customerSuccessManager',
      what: 'Three short answers for the account executive, who gets them by mail.',
      why: 'It is the only way sales learns what a good handoff looks like from your side.',
      opens: { after: 'kickoffHeld', within: '14 days' },
      due: { after: 'opened', within: '2 business days' },
      ladder: 'follow-up',
      choices: [
        {
          id: 'given',
          label: 'Send the feedback',
          evidence: [
            { name: 'wentWell', label: 'What went well', kind: 'longText', required: true },
            { name: 'missingContext', label: 'What context was missing', kind: 'longText', required: true },
            { name: 'earlySignals', label: 'Early signs of engagement', kind: 'longText', required: true },
          ],
        },
      ],
      announce: { say: 'feedback', state: 'Mail the feedback to the account executive' },
      sources: ['S4'],
    },

    'rate-handoff': {
      kind: 'ask',
      title: 'Rate the handoff',
      ask: 'rate the handoff',
      waitFor: 'handoff score',
      owner: 'customerSuccessManager',
      what: 'How well did this handoff prepare you, from 1 to 10, and why?',
      why: 'Below {target}, the managers look at it with you.',
      opens: { after: 'closedWon', within: '30 days' },
      due: { after: 'opened', within: '2 business days' },
      ladder: 'follow-up',
      choices: [
        {
          id: 'rated',
          label: 'Send the score',
          evidence: [
            { name: 'score', label: 'Score, 1 to 10', kind: 'score', required: true },
            { name: 'why', label: 'Why', kind: 'longText', required: true },
          ],
        },
      ],
      scores: { field: 'score', atLeast: 8, say: 'low-score', state: 'Alert about the low score' },
      sources: ['S2'],
    },

    'record-first-value': {
      kind: 'ask',
      title: 'Record the first value',
      ask: 'record the first value',
      waitFor: 'first value',
      owner: 'customerSuccessManager',
      what: 'Has the customer reached their first milestone? If not yet, we ask again in {every}.',
      why: 'Time to value is what the customer pays for.',
      opens: { after: 'kickoffHeld', within: '30 days' },
      due: { after: 'opened', within: '15 days' },
      ladder: 'patient',
      marks: 'firstValueReached',
      repeat: { choice: 'not-yet', every: '15 days', times: 3 },
      choices: [
        {
          id: 'reached',
          label: 'They have reached it',
          evidence: [
            { name: 'heldAt', label: 'First value reached at', kind: 'pastDateTime', required: true },
            {
              name: 'onboardingComplete',
              label: 'Is onboarding complete?',
              kind: 'yesNo',
              required: true,
              proves: 'onboardingComplete',
            },
            { name: 'retro', label: 'Looking back', kind: 'longText', required: false },
          ],
        },
        {
          id: 'not-yet',
          label: 'Not yet',
          negative: {
            title: 'Reach first value',
            what: 'Agree with the customer on what it takes to reach their first milestone, and reach it.',
            within: '15 days',
            asks: 'remark',
          },
          evidence: [{ name: 'remark', label: 'What is in the way', kind: 'longText', required: false }],
        },
      ],
      announce: { say: 'first-value', state: 'Tell sales of first value' },
      sources: ['S2', 'S4'],
    },

    'remind-of-renewal': {
      kind: 'tell',
      title: 'Renewal reminder',
      tell: 'remind of the renewal',
      by: 'scheduler',
      tells: [
        {
          say: 'renewal-reminder',
          state: 'Schedule the renewal reminder',
          opens: { after: 'renewalDate', within: '-90 days' },
        },
      ],
      sources: ['S3'],
    },

    'settle-open-item': {
      kind: 'ask',
      title: 'Open item',
      ask: 'settle the open item',
      waitFor: 'open item settled',
      owner: 'customerSuccessManager',
      what: 'Settle what was left open, or hand in the answers that are missing.',
      why: 'The handoff went on without it.',
      due: { after: 'opened', within: '3 business days' },
      ladder: 'until-settled',
      settles: 'open-item',
      choices: [
        { id: 'supplied', label: 'Hand in the answers', does: 'supply-answers', evidence: [] },
        {
          id: 'settled',
          label: 'It is settled',
          evidence: [{ name: 'outcome', label: 'What came of it', kind: 'longText', required: true }],
        },
        {
          id: 'not-possible',
          label: 'It is not possible',
          does: 'give-up',
          evidence: [{ name: 'reason', label: 'Why not', kind: 'longText', required: true }],
        },
      ],
      sources: ['S2', 'P'],
    },
  },

  ladders: {
    /** Owner, owner's manager, revenue operations, a business day apart; then stalled and nagged weekly (S4, P). */
    standard: {
      rungs: [
        { kind: 'warn', when: { beforeDue: '4 hours' }, tell: ['owner'] },
        ...escalation,
        { kind: 'stall', when: { afterDue: '3 business days' }, tell: ['owner', 'manager', 'revenueOperations'] },
      ],
      afterwards: { nagEvery: '7 days' },
    },
    /** The package has its own warnings: end of the signing day, 24 h, 48 h after close (S0–S4). */
    package: {
      rungs: [
        { kind: 'warn', when: { after: 'closedWon', within: 'same day' }, tell: ['owner'] },
        { kind: 'remind', when: { after: 'closedWon', within: '24 hours' }, tell: ['owner'] },
        ...escalation,
        { kind: 'stall', when: { afterDue: '3 business days' }, tell: ['owner', 'manager', 'revenueOperations'] },
      ],
      afterwards: { nagEvery: '7 days' },
    },
    /** Asks that nothing waits for: the same rungs, then the step ends as unanswered. */
    'follow-up': {
      rungs: [{ kind: 'warn', when: { beforeDue: '4 hours' }, tell: ['owner'] }, ...escalation],
      afterwards: { unansweredAfterDue: '3 business days' },
    },
    /** One question, asked again by the flow; nobody is chased over it. */
    patient: { rungs: [], afterwards: { unansweredAfterDue: '0 hours' } },
    /** What is owed after the handoff went on without it: chased to the end, while nothing waits for it. */
    'until-settled': {
      rungs: [{ kind: 'warn', when: { beforeDue: '8 hours' }, tell: ['owner'] }, ...escalation],
      afterwards: { nagEvery: '7 days' },
    },
  },

  /** S0–S4: the live meetings, and what is talked about. */
  meetings: {
    'internal-meeting': {
      title: 'Internal handoff meeting: {customer}',
      minutes: { usual: 30, least: 15, most: 30 },
      who: ['customerSuccessManager', 'accountExecutive'],
      agenda: [
        { title: 'Context: why they bought, and what for', minutes: 10, pillar: 'context' },
        { title: 'Relationships: who decides, champions and blocks', minutes: 5, pillar: 'relationships' },
        { title: 'Goals: what they expect by day 30, 60 and 90', minutes: 5, pillar: 'goals' },
        { title: 'Risks: red flags and promises', minutes: 10, pillar: 'risks' },
      ],
    },
    kickoff: {
      title: 'Kickoff: {customer} and {company}',
      minutes: { usual: 60, least: 15, most: 180 },
      who: ['customerSuccessManager', 'accountExecutive'],
      withCustomer: true,
      agenda: [
        { title: 'Who is who, on both sides', minutes: 10 },
        { title: 'What you want to reach, and how you will know', minutes: 15 },
        { title: 'The plan for the first weeks, and who does what', minutes: 20 },
        { title: 'How we work together: channel, rhythm, whom to ask', minutes: 10 },
        { title: 'Next steps', minutes: 5 },
      ],
    },
  },

  fields: asListed,

  fallbackSegment: 'standard',
  segments: {
    standard: {},
    /** S2, S3: a personal call within a day, and 60 days in which sales takes questions. */
    enterprise: {
      with: ['introduce-by-phone'],
      previewMeeting: 30,
      steps: {
        'close-availability': {
          tells: {
            'availability-closes': { after: 'introductionSent', within: '60 days' },
            // A second note on day 30 would contradict the first.
            'availability-ended': 'silent',
          },
        },
      },
    },
    /** S3: no kickoff; a sequence of mails in its place. */
    'self-serve': {
      with: ['send-onboarding-mails'],
      without: ['schedule-kickoff', 'hold-kickoff'],
      steps: {
        'introduce-customer': {
          what: 'Tick the checklist, edit the mail, choose who gets it. It goes out in your name with the account executive in copy. The same people then get {approved} onboarding mails (frequent questions, key features, contacts) in the {approvedWithin} after you confirm the handoff: approving this approves them.',
        },
        'give-feedback': { opens: { after: 'introductionSent', within: '14 days' } },
        'record-first-value': { opens: { after: 'introductionSent', within: '30 days' } },
      },
    },
  },

  industries: {
    /** Patient data: nobody starts without knowing who signs for it and what proves that it is safe. */
    healthcare: {
      fields: {
        'technicalRequirements.dataAgreementSigner': { required: true },
        'technicalRequirements.complianceEvidence': { required: true },
        'technicalRequirements.compliance': {
          hint: 'one rule or certificate each, such as HIPAA or the GDPR, or "none"',
        },
      },
      steps: {
        'review-brief': {
          what: 'Read the brief, and check who signs the data agreement and which compliance evidence they need. Accept the handoff if you can work with it, or return it and name what is missing.',
        },
      },
    },
  },
});

export type StepId = keyof typeof full.steps;
