import type { AskStep } from '../../../functions/domain/playbook/playbook.ts';
import { actionFields, isReservedAction } from '../../../functions/domain/step/step-actions.ts';
import type { Draws } from '../simulate/draws.ts';

/** How it went, as far as somebody's words tell. */
type Mood = 'well' | 'badly';

/** What people write, by field name: of shipped playbooks and of what can be done beside their choices. */
const remarks: Readonly<Record<string, Readonly<Record<Mood, readonly string[]>>>> = {
  why: {
    well: [
      'The customer did not have to repeat anything.',
      'I knew the people and what worries them before the first call.',
      'Goals with numbers: the plan wrote itself.',
      'The kickoff was about their goals, not about what we had forgotten to ask.',
      'Every promise was written down, with a date.',
      'The champion was introduced early and has pulled the others along.',
      'One small gap about data retention, answered the same day.',
      'They noticed that we talk to each other.',
    ],
    badly: [
      'I had to ask again who decides about the migration.',
      'A discount had been promised that nobody wrote down.',
      'The package came after the kickoff was booked.',
      'Their IT lead heard of the project from me.',
      'The goals were those of our slides, not theirs.',
      'Two weeks of silence between signature and introduction.',
      'The technical contact had left the company a month before.',
    ],
  },
  right: {
    well: [
      'The brief was complete.',
      'The internal meeting took 20 minutes and answered everything.',
      'The notes on their politics saved us a bad start.',
      'The kickoff date was agreed before the introduction was out.',
    ],
    badly: ['The recording of the last call helped.', 'Sales answered every question once asked.'],
  },
  wrong: {
    well: ['Nothing.', 'The recording link had expired.', 'The renewal date was off by a month.'],
    badly: [
      'The package came in three parts.',
      'The meeting was moved twice.',
      'Nobody told us that the champion is on leave.',
      'Requirements for single sign-on were missing.',
    ],
  },
  better: {
    well: ['Introduce the technical contact earlier.', 'Book the kickoff in the closing call.', 'Nothing to add.'],
    badly: [
      'Fill in the package while the deal is still open.',
      'Bring customer success into the last demo.',
      'Ask legal about the annex before signing.',
    ],
  },
  wentWell: {
    well: [
      'The goals and the people were described very clearly.',
      'You warned us about their procurement; it came just so.',
      'The promises list: short, dated, and true.',
    ],
    badly: ['You were quick to answer afterwards.', 'The reasons why they bought were clear.'],
  },
  missingContext: {
    well: ['How invoices are approved at the customer.', 'Nothing that hurt.', 'Which teams go second.'],
    badly: [
      'That the old tool ends in March.',
      'Who at the customer is against it, and why.',
      'What was said about the price of more seats.',
    ],
  },
  earlySignals: {
    well: [
      'The champion has invited two more teams.',
      'Forty people logged in during the first week.',
      'They asked for a date to show it to their board.',
    ],
    badly: [
      'Three people have logged in so far.',
      'They moved the second session.',
      'No reply to the last two emails.',
    ],
  },
  retro: {
    well: [
      'First report delivered a week early.',
      'A narrow first use case was right.',
      'Weekly calls until the first report.',
    ],
    badly: ['We waited for data that nobody had asked for.', 'Start the migration before the kickoff next time.'],
  },
  notes: {
    well: [
      'Went through context, expectations and risks; both sides know what comes next.',
      'Agreed on goals for 30, 60 and 90 days; the champion owns the data.',
      'Good questions from their IT; next session on Thursday.',
    ],
    badly: [
      'The sponsor could not come; owners and dates follow by email.',
      'Much about the migration, little about goals. We meet again next week.',
    ],
  },
  remark: {
    well: ['The data migration takes longer than planned.', 'They begin after their fair.'],
    badly: [
      'Their project lead has changed.',
      'They have not named anybody for the data yet.',
      'Budget for the interface is open.',
    ],
  },
};

/** The reasons that people give for what they do beside the choices, by what they do. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'request-exception': [
    'Their data protection officer is away until the end of the month.',
    'They choose the second tool only after the summer.',
    'Procurement does not give out the scope of the old contract.',
    'The champion is to name the technical contact next week.',
    'Legal still looks at the annex.',
  ],
  'decline-exception': [
    'Without it the kickoff has no goal. Call the champion.',
    'We went ahead without this twice, and both customers had to repeat it.',
  ],
  'wait-for-customer': [
    'The customer decides on this next month.',
    'They close their year until the 5th.',
    'Their sponsor is on leave.',
    'They wait for the works council.',
  ],
  skip: ['Done by phone, and late: nothing is gained by writing it up.', 'The customer asked us to leave it out.'],
  note: [
    'Called: all well, they wait for their IT.',
    'The sponsor changes in the new quarter.',
    'Prefers short emails in the morning.',
  ],
};

/** Why a reviewer lets a handoff go on. */
export const grants: readonly string[] = [
  'The kickoff does not need it; it is here before the migration.',
  'Known at the customer, and named with a date.',
  'A small contract: we ask in the kickoff.',
  'The champion has promised the answer in writing.',
];

/** What somebody writes into the texts of a choice or an action, drawn; nothing where they have nothing of their own to say. */
export function remarksOn(
  rule: Pick<AskStep, 'choices'>,
  choice: string | undefined,
  { draws, trouble }: { readonly draws: Draws; readonly trouble: number },
): Readonly<Record<string, string>> {
  if (choice !== undefined && isReservedAction(choice)) {
    const [field] = actionFields[choice].filter(({ kind }) => kind === 'longText');
    const said = reasons[choice];
    return field && said ? { [field.name]: draws.oneOf(said) } : {};
  }
  const asked = rule.choices.find(({ id }) => id === (choice ?? rule.choices[0]?.id))?.evidence ?? [];
  return Object.fromEntries(
    asked.flatMap(({ name }) => {
      const said = remarks[name]?.[draws.chance(trouble) ? 'badly' : 'well'];
      return said ? [[name, draws.oneOf(said)]] : [];
    }),
  );
}
