import { definePlaybook } from '../define-playbook.ts';
import { german } from './default-german.ts';

/** What both sides are asked when the handoff is confirmed (S3). */
const retrospect = [
  { name: 'right', label: 'What went right', kind: 'longText', required: false },
  { name: 'wrong', label: 'What went wrong', kind: 'longText', required: false },
  { name: 'better', label: 'Do differently next time', kind: 'longText', required: false },
] as const;

/** The published ladder (S4): the breach, then a rung per business day. */
const escalation = [
  { kind: 'breach', when: { afterDue: '0 hours' }, tell: ['owner'] },
  { kind: 'escalate', when: { afterDue: '1 business day' }, tell: ['owner', 'manager'] },
  { kind: 'escalate', when: { afterDue: '2 business days' }, tell: ['owner', 'revenueOperations'] },
] as const;

/** What is asked of whoever drafts the success plan, in every segment. */
const planDrafted = {
  id: 'drafted',
  label: 'The plan is ready',
  evidence: [
    {
      name: 'plan',
      label: 'The plan',
      kind: 'longText',
      required: true,
      hint: 'The customer will read it: a heading, then its points, one line each. The risks are what sales noted: keep what they may read.',
      suggest: 'successPlan',
      supplies: 'successPlan',
    },
    {
      name: 'reviewedBy',
      label: 'Who reviewed it',
      kind: 'person',
      from: 'colleagues',
      required: true,
      supplies: 'planReviewer',
    },
  ],
} as const;

/**
 * The process this company runs: every step of the SOP with its owner, due rule, ladder, evidence and wording.
 * Change it here, then `npm run asl`; handoffs that are already running keep the rules they started with.
 */
export const playbook = definePlaybook({
  name: 'default',
  roles: {
    accountExecutive: { name: 'account executive', side: 'sales' },
    customerSuccessManager: { name: 'customer success manager', side: 'success' },
    salesManager: { name: 'sales manager', side: 'sales' },
    successManager: { name: 'customer success lead', side: 'success' },
    revenueOperations: { name: 'revenue operations', side: 'operations' },
  },
  accountable: 'customerSuccessManager',
  linkDays: 30,
  /** S2: 70% at signature. */
  draftTarget: 70,
  atLeast: 4,
  abandonAfter: '350 days',

  flow: [
    'assign-customer-success-manager',
    'tell-who-takes-over',
    {
      name: 'Hand over beside the phone introduction',
      beside: [
        [
          {
            name: 'Prepare the package beside the internal meeting',
            beside: [
              ['complete-package', 'review-brief', 'second-review', 'draft-success-plan'],
              ['schedule-internal-meeting', 'hold-internal-meeting'],
            ],
          },
          'introduce-customer',
          {
            name: 'Kick off beside availability and survey',
            beside: [
              [
                {
                  name: 'Kick off beside mapping the stakeholders',
                  beside: [['schedule-kickoff', 'hold-kickoff', 'align-success-plan'], ['map-stakeholders']],
                },
                'confirm-handoff',
                {
                  name: 'Follow up after the sign-off',
                  beside: [['give-feedback'], ['record-first-value'], ['send-onboarding-mails']],
                },
              ],
              ['close-availability'],
              ['rate-handoff'],
            ],
          },
        ],
        ['introduce-by-phone'],
      ],
    },
    'remind-of-renewal',
  ],

  steps: {
    'assign-customer-success-manager': {
      kind: 'ask',
      title: 'Name the customer success manager',
      ask: 'name the customer success manager',
      request: 'name a CSM',
      waitFor: 'customer success manager named',
      owner: 'revenueOperations',
      what: 'No customer success manager fits this deal by the assignment rules. Choose who takes the customer.',
      why: 'Until somebody is named, nobody is responsible for this customer.',
      mail: {
        subject: 'name a CSM by {dueSoon}',
        preheader: 'No one matched the assignment rules. Your pick starts the handoff.',
        body: 'Choose who looks after {customer} by {due}.',
        button: 'Name the CSM',
        waits: 'No one is preparing for {customer} yet.',
      },
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'standard',
      names: 'customerSuccessManager',
      choices: [
        {
          id: 'assigned',
          label: 'Name the CSM',
          done: { said: '{customerSuccessManager} has {customer}' },
          evidence: [
            {
              name: 'customerSuccessManager',
              label: 'Customer success manager',
              thing: 'a customer success manager',
              kind: 'person',
              from: { role: 'customerSuccessManager' },
              required: true,
            },
          ],
        },
      ],
      sources: ['S3', 'P'],
    },

    'tell-who-takes-over': {
      kind: 'tell',
      title: 'Who takes over',
      tell: 'tell who takes over',
      tells: [{ say: 'handoff-begins', state: 'Tell who takes over' }],
      sources: ['S3', 'S4'],
    },

    'complete-package': {
      kind: 'ask',
      title: 'Complete the handoff package',
      ask: 'complete the handoff package',
      request: 'complete the package',
      waitFor: 'complete handoff package',
      owner: 'accountExecutive',
      what: 'Fill in what is missing. If something cannot be known, ask the reviewer for an exception.',
      why: 'The customer must never be asked again what they already told us.',
      mail: {
        subject: '{answers} to go by {dueSoon}',
        preheader: "Answer once, and {customer} won't have to repeat it.",
        body: "Complete the {customer} package by {due}. What's to go is below: {answers}; each saves you a call later. Can't get one? Ask {reviewer} for an exception on the same page.",
        button: 'Complete the package',
        waits: "{customerSuccessManager} can't start without the package.",
      },
      due: { after: 'closedWon', within: '48 hours' },
      ladder: 'package',
      fills: 'package',
      reviewedBy: ['revenueOperations'],
      review: { within: '24 hours', ladder: 'standard' },
      marks: 'packageReady',
      choices: [
        {
          id: 'complete',
          label: 'Hand over package',
          done: { said: 'Package complete' },
          does: 'complete-package',
          evidence: [],
        },
        {
          id: 'grant-exception',
          label: 'Grant exception',
          done: { said: 'Exception granted' },
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
              label: 'Who will supply what is missing (email address)',
              kind: 'emails',
              required: true,
              max: 1,
            },
            { name: 'dueDate', label: 'By when', thing: 'the date', kind: 'date', required: true },
          ],
        },
      ],
      sources: ['S0', 'S1', 'S2', 'S3', 'S4'],
    },

    'schedule-internal-meeting': {
      kind: 'ask',
      title: 'Schedule the internal handoff meeting',
      ask: 'schedule the internal meeting',
      request: 'book the handoff meeting',
      waitFor: 'internal meeting scheduled',
      owner: 'accountExecutive',
      what: 'Choose a time for the internal handoff meeting, {least} to {most} minutes. Both of you get an invitation with the agenda.',
      why: 'A live handoff catches what no form asks for.',
      mail: {
        subject: 'book the handoff meeting by {dueSoon}',
        preheader: '{least} to {most} minutes with {customerSuccessManager}. We send the invitations.',
        body: "Pick a time with {customerSuccessManager} by {due}. {slot} is inside both your working hours. It's your chance to pass on what no form asks.",
        button: 'Book the meeting',
        waits: "{customerSuccessManager}'s questions wait for a time.",
      },
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'standard',
      choices: [
        {
          id: 'scheduled',
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
            {
              name: 'personalLine',
              label: 'A personal line to the customer for the introduction',
              kind: 'longText',
              required: false,
              max: 500,
              hint: 'What would you like to say in your own words? It goes out with the introduction.',
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
      mail: {
        subject: 'review the brief by {dueSoon}',
        preheader: 'Accept it, or tell {accountExecutive} what you still need.',
        body: "Read the brief below and accept the handoff by {due}. Something missing? Return it with the gaps; {accountExecutive} gets your list. You'll know what {customer} was promised before you first speak.",
        button: 'Review the brief',
        waits: 'The introduction to {customer} waits for {you}.',
      },
      due: { after: 'packageReady', within: '24 hours' },
      ladder: 'standard',
      choices: [
        {
          id: 'accept',
          label: 'Accept handoff',
          done: { said: 'Handoff accepted' },
          proves: 'acknowledged',
          evidence: [
            {
              name: 'questions',
              label: 'Questions for the meeting',
              kind: 'longText',
              required: false,
              max: 2000,
              hint: 'What do you want to ask? One question a line; they go into the agenda.',
              supplies: 'meetingQuestions',
            },
          ],
        },
        {
          id: 'return',
          label: 'Return with gaps',
          done: { said: 'Returned with {gaps}', also: '{accountExecutive} gets your list.' },
          evidence: [
            {
              name: 'gaps',
              label: 'What is missing or unclear',
              kind: 'gaps',
              hint: 'Open a section and ask a question about an answer. What is about none of them goes below.',
              required: true,
            },
          ],
        },
      ],
      shows: 'brief',
      returns: { choice: 'return', to: 'complete-package', within: '24 hours' },
      sources: ['S2', 'S4', 'P'],
    },

    'second-review': {
      kind: 'ask',
      title: 'Review the brief as second reviewer',
      ask: 'review the brief as second reviewer',
      request: 'give the brief a second review',
      waitFor: 'second review',
      owner: 'revenueOperations',
      what: 'Read the brief that the customer success manager has accepted. Accept it too, or return it and name what is missing.',
      why: 'A large customer is worth a second pair of eyes before anyone makes a plan.',
      mail: {
        subject: 'second review of the brief by {dueSoon}',
        preheader: '{customerSuccessManager} has accepted it. Your look comes second.',
        body: 'Read the brief that {customerSuccessManager} accepted, and accept it too by {due}. Something missing? Return it with the gaps; {accountExecutive} gets your list. A large customer is worth a second pair of eyes.',
        button: 'Review the brief',
        waits: 'The introduction to {customer} waits for the second review.',
      },
      // A day for the customer success manager, then a day of one's own.
      due: { after: 'packageReady', within: '48 hours' },
      atLeast: 8,
      ladder: 'standard',
      choices: [
        { id: 'accept', label: 'Accept handoff', done: { said: 'Handoff accepted' }, evidence: [] },
        {
          id: 'return',
          label: 'Return with gaps',
          done: { said: 'Returned with {gaps}', also: '{accountExecutive} gets your list.' },
          evidence: [
            {
              name: 'gaps',
              label: 'What is missing or unclear',
              kind: 'gaps',
              hint: 'Open a section and ask a question about an answer. What is about none of them goes below.',
              required: true,
            },
          ],
        },
      ],
      shows: 'brief',
      returns: { choice: 'return', to: 'complete-package', within: '24 hours' },
      sources: ['S4'],
    },

    'draft-success-plan': {
      kind: 'ask',
      title: 'Draft the success plan',
      ask: 'draft the success plan',
      request: 'check the success plan',
      waitFor: 'drafted success plan',
      owner: 'customerSuccessManager',
      what: 'Edit the one-page plan drafted from the package, and have a colleague read it.',
      why: 'You will arrive at the kickoff with a plan, not a blank page.',
      mail: {
        subject: 'check the success plan by {dueSoon}',
        preheader: 'We drafted one page from the package. Make it yours.',
        body: "Edit the one-page plan we drafted from the package, and have a colleague read it, by {due}. You'll arrive at the kickoff with a plan, not a blank page.",
        button: 'Check the plan',
        waits: 'The introduction to {customer} waits for the plan.',
      },
      due: { after: 'closedWon', within: '48 hours' },
      ladder: 'standard',
      choices: [{ ...planDrafted, done: { said: 'Plan ready for the kickoff' } }],
      sources: ['S2', 'S3', 'S4'],
    },

    'hold-internal-meeting': {
      kind: 'ask',
      title: 'Hold the internal handoff meeting',
      ask: 'hold the internal meeting',
      request: 'share the meeting notes',
      waitFor: 'internal meeting held',
      owner: 'customerSuccessManager',
      what: 'Say when you met, and what came out of it: context, expectations, risks, and what is still open.',
      why: 'After it you have all you need, and sales has nothing left unsaid.',
      mail: {
        subject: 'share your meeting notes by {dueSoon}',
        preheader: "What you and {accountExecutive} agreed, while it's fresh.",
        body: "You met {accountExecutive} on {metAt}. Share the notes and what's still open by {due}, so nothing said gets lost.",
        button: 'Share the notes',
        waits: 'The introduction to {customer} waits for the notes.',
      },
      due: { after: 'closedWon', within: '48 hours' },
      ladder: 'standard',
      marks: 'internalMeetingHeld',
      choices: [
        {
          id: 'held',
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
            { name: 'notes', label: 'Outcome', thing: 'the outcome', kind: 'longText', required: true },
            {
              name: 'recording',
              label: 'Link to the recording',
              kind: 'link',
              required: false,
              proves: 'meetingRecorded',
            },
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
      request: 'call to introduce the CSM',
      waitFor: 'phone introduction',
      owner: 'accountExecutive',
      what: 'Call your main contact and introduce the customer success manager personally.',
      why: 'A large customer should hear from you, not from a form, who looks after them now.',
      mail: {
        subject: 'call to introduce {customerSuccessManager} by {dueSoon}',
        preheader: 'Hearing it from you opens the door.',
        body: 'Call {contact} by {due}, introduce {customerSuccessManager}, and note what they said. Coming from you, {customerSuccessManager} is welcome.',
        button: 'Log the call',
        waits: "{contact} hasn't heard about {customerSuccessManager} yet.",
      },
      due: { after: 'closedWon', within: '24 hours' },
      ladder: 'follow-up',
      choices: [
        {
          id: 'called',
          label: 'Log the call',
          done: { said: 'Call logged' },
          evidence: [
            { name: 'heldAt', label: 'When it took place', kind: 'pastDateTime', required: true },
            { name: 'notes', label: 'What they said', kind: 'longText', required: false },
          ],
        },
      ],
      sources: ['S3'],
    },

    'introduce-customer': {
      kind: 'ask',
      title: 'Send the introduction',
      ask: 'introduce the customer success manager',
      request: 'send the introduction',
      waitFor: 'approved customer introduction',
      owner: 'customerSuccessManager',
      what: 'Edit the email, choose who gets it. It goes out in your name with the account executive in copy.',
      why: 'The customer learns the same day who is there for them, from one email that is right.',
      mail: {
        subject: 'introduce yourself by {dueSoon}',
        preheader: 'Your draft is ready to check and send.',
        body: 'Check the draft, choose who gets it, and send it by {due}. It goes out in your name, {accountExecutive} copied. Confirm the open checks first, so {customer} meets someone who knows them.',
        button: 'Review and send',
        waits: "{customer} has signed and hasn't met {you} yet.",
      },
      due: { after: 'internalMeetingHeld', within: 'same day' },
      atLeast: 1,
      ladder: 'standard',
      marks: 'introductionSent',
      choices: [
        {
          id: 'approved',
          label: 'Approve and send',
          done: {
            said: 'Introduction on its way',
            also: 'It goes to {recipients}, {accountExecutive} copied. Replies reach you.',
          },
          evidence: [
            {
              name: 'recording',
              label: 'Link to a call recording or a meeting summary',
              thing: 'the link',
              kind: 'link',
              required: true,
              settles: 'recordingsAttached',
            },
            {
              name: 'planReviewedBy',
              label: 'Who reviewed the success plan',
              kind: 'person',
              from: 'colleagues',
              required: true,
              settles: 'planReviewed',
              supplies: 'planReviewer',
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
      floor: ['packageComplete', 'handoffReady', 'recordingsAttached', 'planReviewed', 'followUpScheduled'],
      approves: 'send-onboarding-mails',
      announce: { say: 'customer-introduction', state: 'Send the introduction to the customer' },
      sources: ['S0', 'S1', 'S2', 'S3', 'S4'],
    },

    'schedule-kickoff': {
      kind: 'ask',
      title: 'Schedule the kickoff',
      ask: 'schedule the kickoff',
      request: 'book the kickoff',
      waitFor: 'kickoff scheduled',
      owner: 'customerSuccessManager',
      what: 'Agree on a time with the customer. The invitation goes to the customer, to you, and to the account executive.',
      why: 'The first days decide whether the customer believes they bought the right thing.',
      mail: {
        subject: 'book the kickoff by {dueSoon}',
        preheader: 'Agree on a time with {contact}; we invite everyone.',
        body: 'Agree on a time with {contact} and enter it by {due}. We invite {customer}, you, and {accountExecutive}. A date shows {customer} that work has begun.',
        button: 'Book the kickoff',
        waits: '{customer} has no start date yet.',
      },
      due: { after: 'closedWon', within: '3 business days' },
      ladder: 'standard',
      choices: [
        {
          id: 'scheduled',
          label: 'Book the kickoff',
          done: {
            said: 'Kickoff booked: {meetingAt}',
            also: 'Invitations go to {invited}.',
          },
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
              label: 'Customer participants',
              kind: 'emails',
              required: true,
              suggest: 'customerContacts',
            },
            {
              name: 'positiveReply',
              label: 'Did the customer answer the introduction positively?',
              thing: 'the customer answered positively',
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
      request: 'report on the kickoff',
      waitFor: 'kickoff held',
      owner: 'customerSuccessManager',
      what: 'Say when the kickoff took place, and what came out of it when you presented the plan.',
      why: 'From here on the customer works toward their first result.',
      mail: {
        subject: 'how did the kickoff go? By {dueSoon}',
        preheader: "Owners and dates, while they're fresh.",
        body: "The kickoff was on {meetingAt}. Share what you agreed by {due}. Leave with owners and dates, so you don't end up doing it all.",
        button: 'Share the outcome',
        waits: 'Sign-off waits for the kickoff.',
      },
      due: { after: 'closedWon', within: '5 business days' },
      ladder: 'standard',
      marks: 'kickoffHeld',
      holds: 'kickoff',
      ifCalledOff: { within: '24 hours' },
      choices: [
        {
          id: 'held',
          label: 'Share the outcome',
          done: { said: 'Kickoff held' },
          evidence: [
            {
              name: 'heldAt',
              label: 'When it took place',
              kind: 'pastDateTime',
              required: true,
              suggest: 'scheduledMeeting',
            },
            { name: 'notes', label: 'Outcome', thing: 'the outcome', kind: 'longText', required: true },
          ],
        },
      ],
      sources: ['S3'],
    },

    'send-onboarding-mails': {
      kind: 'tell',
      title: 'Onboarding emails',
      tell: 'send the onboarding emails',
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
      request: 'check the stakeholder map',
      waitFor: 'verified stakeholder map',
      owner: 'customerSuccessManager',
      what: 'Check who decides, who champions, who blocks, and how each wants to be reached; correct what is wrong.',
      why: 'A handoff that knows only one person ends when that person leaves.',
      mail: {
        subject: 'check the stakeholder map by {dueSoon}',
        preheader: "{accountExecutive} listed {listed}. Who's missing?",
        body: 'Check by {due} who decides, champions, and has doubts, and how each likes to be reached. If one contact leaves, you still know the rest.',
        button: 'Check the map',
        waits: 'Sign-off waits for the map.',
      },
      due: { after: 'closedWon', within: '3 business days' },
      ladder: 'standard',
      choices: [
        {
          id: 'verified',
          label: 'The map is right',
          done: { said: 'Map checked' },
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
              thing: 'all key contacts are identified',
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
              label: 'Who is missing, and how you will find them',
              kind: 'longText',
              required: false,
              hint: "Some aren't identified? Then say who, and how you will find them.",
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
      request: 'agree on the success plan',
      waitFor: 'aligned success plan',
      owner: 'customerSuccessManager',
      what: 'Show the plan to the customer, and record whether they agree or what they want changed.',
      why: 'Both sides then mean the same thing by success.',
      mail: {
        subject: 'agree on the success plan by {dueSoon}',
        preheader: 'Their yes, or what they want changed.',
        body: "Tell us by {due} whether {customer} agrees with the plan, or what they want changed. You'll both measure the same success.",
        button: 'Record their answer',
        waits: "Sign-off waits for {customer}'s yes.",
      },
      due: { after: 'closedWon', within: '5 business days' },
      ladder: 'standard',
      shows: 'plan',
      repeat: {
        choice: 'changes-wanted',
        every: '3 business days',
        times: 3,
        from: 'answer',
        within: '2 business days',
      },
      choices: [
        {
          id: 'aligned',
          label: 'The customer agrees',
          done: { said: 'Plan agreed' },
          proves: 'clientAgreed',
          evidence: [
            { name: 'remarks', label: 'What they said', kind: 'longText', required: false },
            {
              name: 'plan',
              label: 'The plan, with their changes',
              kind: 'longText',
              required: false,
              suggest: 'successPlan',
              supplies: 'successPlan',
            },
          ],
        },
        {
          id: 'changes-wanted',
          label: 'They want changes',
          done: { said: 'Changes noted', also: 'We ask again {again}.' },
          negative: {
            title: 'Agree on the success plan',
            what: 'Settle with the customer what is still open in the plan, with your manager if it takes more than the two of you.',
            within: '5 business days',
            asks: 'changes',
            settledAs: 'aligned',
          },
          evidence: [
            { name: 'changes', label: 'What they want changed', kind: 'longText', required: true },
            {
              name: 'plan',
              label: 'The plan, with their changes',
              kind: 'longText',
              required: false,
              suggest: 'successPlan',
              supplies: 'successPlan',
            },
          ],
        },
      ],
      sources: ['S2', 'S3'],
    },

    'confirm-handoff': {
      kind: 'ask',
      title: 'Confirm the handoff',
      ask: 'confirm the handoff',
      request: 'sign off on the handoff',
      waitFor: 'confirmed handoff',
      owner: 'customerSuccessManager',
      what: 'Sign off: customer success has taken over. If you like, say what went right, wrong, and could be better.',
      why: 'Sales may let go once you say so, and not before.',
      mail: {
        subject: 'sign off on the handoff by {dueSoon}',
        preheader: "Ready to take over? We'll tell {accountExecutive}.",
        body: "Sign off by {due} if you have all you need. Add what went well or didn't (optional); your next handoff will be easier.",
        button: 'Sign off',
        waits: "{accountExecutive} can't let go before that.",
      },
      due: { after: 'closedWon', within: '5 business days' },
      ladder: 'standard',
      marks: 'handoffConfirmed',
      choices: [
        {
          id: 'confirmed',
          label: 'Sign off',
          done: {
            said: '{customer} is yours',
            also: '{accountExecutive} is told. {accountExecutive} takes your questions until {closes}.',
          },
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
          label: 'Share your view',
          done: { said: 'Thank you for your view' },
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
      request: 'give feedback',
      waitFor: 'feedback',
      owner: 'customerSuccessManager',
      what: 'Three short answers for the account executive, who gets them by email.',
      why: 'It is the only way sales learns what a good handoff looks like from your side.',
      mail: {
        subject: 'give {accountExecutive} feedback by {dueSoon}',
        preheader: '3 short answers, sent as you write them.',
        body: 'Tell {accountExecutive} by {due} what went well, what was missing, and what you see at {customer}. Better packages start here.',
        button: 'Give feedback',
        waits: "{accountExecutive} hasn't heard how it went.",
      },
      opens: { after: 'kickoffHeld', within: '14 days' },
      due: { after: 'opened', within: '2 business days' },
      ladder: 'follow-up',
      choices: [
        {
          id: 'given',
          label: 'Send the feedback',
          done: { said: 'Feedback sent to {accountExecutive}' },
          evidence: [
            { name: 'wentWell', label: 'What went well', kind: 'longText', required: true },
            { name: 'missingContext', label: 'What context was missing', kind: 'longText', required: true },
            {
              name: 'earlySignals',
              label: 'Early signs of engagement',
              thing: 'the early signs of engagement',
              kind: 'longText',
              required: true,
            },
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
      mail: {
        subject: 'rate the handoff by {dueSoon}',
        preheader: 'One score, 1 to 10, and why.',
        body: 'Rate how well this handoff prepared you, by {due}. Below {target}, your managers look into it with you.',
        button: 'Rate the handoff',
        waits: 'What would help {you} stays unseen.',
      },
      opens: { after: 'closedWon', within: '30 days' },
      due: { after: 'opened', within: '2 business days' },
      ladder: 'follow-up',
      choices: [
        {
          id: 'rated',
          label: 'Send the score',
          done: { said: '{score} of 10 saved' },
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
      mail: {
        subject: 'first value yet? Answer by {dueSoon}',
        preheader: 'Question {question} of {questions}: yes, or not yet.',
        body: 'Say by {due} whether {customer} reached their first milestone. They wanted:\n{outcome}',
        button: 'Record first value',
        waits: "Without an answer, we'll ask again {again}.",
      },
      opens: { after: 'kickoffHeld', within: '30 days' },
      due: { after: 'opened', within: '15 days' },
      ladder: 'patient',
      marks: 'firstValueReached',
      repeat: { choice: 'not-yet', every: '15 days', times: 3 },
      choices: [
        {
          id: 'reached',
          label: 'They have reached it',
          done: { said: 'First value recorded' },
          evidence: [
            { name: 'heldAt', label: 'When they reached first value', kind: 'pastDateTime', required: true },
            {
              name: 'onboardingComplete',
              label: 'Is onboarding complete?',
              thing: 'onboarding is complete',
              kind: 'yesNo',
              required: true,
              proves: 'onboardingComplete',
            },
            { name: 'retro', label: 'What we learned', kind: 'longText', required: false },
          ],
        },
        {
          id: 'not-yet',
          label: 'Not yet',
          done: { said: 'Not yet', also: "We'll ask again {again}." },
          negative: {
            title: 'Reach first value',
            what: 'Agree with the customer on what it takes to reach their first milestone, and reach it.',
            within: '15 days',
            asks: 'remark',
            settledAs: 'reached',
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
      why: 'The handoff goes on meanwhile; this stays yours until it is settled.',
      mail: {
        subject: '{answers} from you by {dueSoon}',
        preheader: 'The handoff went ahead without it; it stays yours until it is settled.',
        body: 'Bring {answers} by {due}. {customerSuccessManager} works without until then.',
        button: 'Answer now',
      },
      due: { after: 'opened', within: '3 business days' },
      ladder: 'until-settled',
      settles: 'open-item',
      choices: [
        {
          id: 'supplied',
          label: 'Hand in the answers',
          done: { said: 'Answers saved' },
          does: 'supply-answers',
          evidence: [],
        },
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
      title: 'Handoff: {customer}',
      minutes: { usual: 30, least: 15, most: 30 },
      who: ['customerSuccessManager', 'accountExecutive'],
      agenda: [
        { title: 'Context: why they bought, and what for', minutes: 10, pillar: 'context' },
        { title: 'Relationships: who decides, champions, and blocks', minutes: 5, pillar: 'relationships' },
        { title: 'Goals: what they expect by day 30, 60, and 90', minutes: 5, pillar: 'goals' },
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

  fallbackSegment: 'standard',
  segments: {
    standard: {},
    /** S2–S4: a personal call within a day, a second review, and 60 days in which sales takes questions. */
    enterprise: {
      with: ['introduce-by-phone', 'second-review'],
      /** S4: complex deals get a preview meeting before signature. */
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
          what: 'Edit the email, choose who gets it. It goes out in your name with the account executive in copy. The same people then get {approved} onboarding emails (frequent questions, key features, contacts) in the {approvedWithin} after you confirm the handoff: approving this approves them.',
          mail: {
            subject: 'introduce yourself by {dueSoon}',
            preheader: 'Your draft is ready to check and send.',
            body: 'Check the draft, choose who gets it, and send it by {due}. It goes out in your name, {accountExecutive} copied. Confirm the open checks first. Sending also approves {approved} onboarding emails, shown in full.',
            button: 'Review and send',
            waits: "{customer} has signed and hasn't met {you} yet.",
          },
        },
        'draft-success-plan': {
          choices: [{ ...planDrafted, done: { said: 'Plan ready' } }],
          why: 'You will write to them with a plan, not a blank page.',
          mail: {
            subject: 'check the success plan by {dueSoon}',
            preheader: 'We drafted one page from the package. Make it yours.',
            body: "Edit the one-page plan we drafted from the package, and have a colleague read it, by {due}. You'll write to {customer} with a plan, not a blank page.",
            button: 'Check the plan',
            waits: 'The introduction to {customer} waits for the plan.',
          },
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

  /** What emails say in other languages, all of it: one without its words would be English among them. */
  languages: { de: german },
});

export type StepId = keyof typeof playbook.steps;
