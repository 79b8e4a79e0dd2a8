import type { FieldRule } from '../fields/field-rule.ts';

export type Pillar = 'context' | 'relationships' | 'goals' | 'risks';

/** A field of the package, as the table below has it. */
export interface PackageFieldRule extends Omit<FieldRule, 'required'> {
  /** What a good answer says; shown beside the form field and in the gap. */
  readonly hint: string;
  /** ○ in the SOP: asked for, never missed. Without it the field is required. */
  readonly optional?: true;
  /** Asked for only where the playbook requires it, as for an industry. */
  readonly asked?: 'when required';
  /** Taken from the deal when the package does not say it, so that nobody is asked what the CRM already told. */
  readonly fromDeal?: 'segment' | 'closedWonAt' | 'crmRecord' | 'customerTimeZone' | 'customerLanguage';
  /** Stands in the short summary of the brief, on the page of every step. */
  readonly inSummary?: true;
  /** What the customer said or bought: mails to them may repeat it. Without it the answer is internal. */
  readonly shareable?: true;
}

export interface SectionRule {
  readonly title: string;
  /** What its answers are good for, in a sentence for whoever gives them. */
  readonly why: string;
  /** The SOP guides that ask for this section. */
  readonly sources: readonly ('S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'P')[];
  /** S2: four pillars, none of which may be skipped. */
  readonly pillar?: Pillar;
  /** Either named fields, or (for a section that is one list) the rule of the section itself. */
  readonly fields?: Readonly<Record<string, PackageFieldRule>>;
  readonly field?: PackageFieldRule;
}

/**
 * The handoff package, section by section as in the SOP's table (S0–S4): the one place to add, drop or reword a field.
 * Types, JSON Schema, completeness, form and brief are all derived from it.
 */
export const packageSections = {
  dealContext: {
    title: 'Deal context',
    why: 'Nobody asks the customer again.',
    sources: ['S0', 'S1', 'S2', 'S3'],
    pillar: 'context',
    fields: {
      whyTheyBought: {
        label: 'Why they bought',
        kind: 'longText',
        hint: 'What was their reason, in their words?',
        inSummary: true,
      },
      painPoints: {
        label: 'Problem and pain points',
        thing: 'the problem and pain points',
        kind: 'longText',
        hint: 'What hurts today, and whom?',
      },
      currentProcess: {
        label: 'Current process',
        thing: 'the current process',
        kind: 'longText',
        hint: 'How do they do it today?',
      },
      alternativesConsidered: {
        label: 'Alternatives considered',
        thing: 'the alternatives considered',
        kind: 'longText',
        hint: 'Who else did they consider? Or write none.',
        orNone: true,
      },
      whyUs: { label: 'Why us', kind: 'longText', hint: 'What decided it for us?' },
      primaryUseCase: {
        label: 'Primary use case',
        thing: 'the primary use case',
        kind: 'longText',
        hint: 'What will they do with it first?',
        inSummary: true,
        shareable: true,
      },
      objections: {
        label: 'Objections and how they were handled',
        kind: 'longText',
        hint: 'Which objections came up, and what was the answer to each?',
        optional: true,
      },
      buyingProcess: {
        label: 'Buying process',
        kind: 'longText',
        hint: 'Who signed off, and in which order?',
        optional: true,
      },
      emotionalDrivers: {
        label: "What's personally at stake",
        kind: 'longText',
        hint: 'What does each of them stand to win or lose?',
        optional: true,
      },
      competitorMigratedFrom: {
        label: 'Switching from',
        kind: 'text',
        max: 300,
        hint: 'Which product do they use now, and when does that contract end?',
        optional: true,
      },
    },
  },
  customerGoals: {
    title: 'Customer goals',
    why: 'The success plan and the first months are measured by these.',
    sources: ['S0', 'S2', 'S3'],
    pillar: 'goals',
    fields: {
      outcomes30Days: {
        label: 'Outcomes expected at 30 days',
        thing: 'what they expect by day 30',
        kind: 'longText',
        hint: 'What is different by then?',
        inSummary: true,
        shareable: true,
      },
      outcomes60Days: {
        label: 'Outcomes expected at 60 days',
        thing: 'what they expect by day 60',
        kind: 'longText',
        hint: 'What is different by then?',
      },
      outcomes90Days: {
        label: 'Outcomes expected at 90 days',
        thing: 'what they expect by day 90',
        kind: 'longText',
        hint: 'What is different by then?',
      },
      successMetrics: {
        label: 'Success metrics',
        kind: 'metrics',
        hint: 'Which figures does the customer watch? At least 1.',
        shareable: true,
      },
      definitionOfSuccess: {
        label: 'Definition of success',
        thing: 'their definition of success',
        kind: 'longText',
        hint: 'How will they know it was worth it?',
        inSummary: true,
      },
      expectedTimeline: {
        label: 'Expected timeline',
        thing: 'the expected timeline',
        kind: 'longText',
        hint: 'When do they expect to go live, and which milestones before?',
      },
    },
  },
  technicalRequirements: {
    title: 'Technical requirements',
    why: 'What has to be ready before the customer can start.',
    sources: ['S0'],
    pillar: 'context',
    fields: {
      integrations: {
        label: 'Integrations needed',
        thing: 'the integrations needed',
        kind: 'list',
        hint: 'Which systems? One a line, or write none.',
        orNone: true,
        shareable: true,
      },
      dataMigration: {
        label: 'Data migration',
        thing: 'what data migrates',
        kind: 'longText',
        hint: 'What data, from where, and how much? Or write none.',
        orNone: true,
        shareable: true,
      },
      compliance: {
        label: 'Compliance needs',
        thing: 'the compliance needs',
        kind: 'list',
        hint: 'Which rules or certificates apply? One a line, or write none.',
        orNone: true,
      },
      dataAgreementSigner: {
        label: 'Who signs the data agreement',
        kind: 'text',
        hint: 'Who signs it at the customer, and what is their role?',
        asked: 'when required',
      },
      complianceEvidence: {
        label: 'Compliance evidence',
        thing: 'the compliance evidence they need',
        kind: 'list',
        hint: 'Which reports, certificates, or audits do they need from us? One a line, or write none.',
        orNone: true,
        asked: 'when required',
      },
    },
  },
  stakeholders: {
    title: 'Stakeholder map',
    why: 'If one contact leaves, you still know the rest.',
    sources: ['S0', 'S1', 'S2', 'S3', 'S4'],
    pillar: 'relationships',
    field: {
      label: 'People at the customer',
      kind: 'stakeholders',
      hint: 'Who decides, who champions, who is the day-to-day contact, who the technical one? One person can hold several roles.',
      shareable: true,
    },
  },
  contract: {
    title: 'Contract',
    why: "What they bought, until when. Nobody promises what isn't in it.",
    sources: ['S0', 'S1', 'S3'],
    fields: {
      segment: {
        label: 'Segment',
        thing: 'a segment',
        kind: 'choice',
        hint: 'Which variant of the process does this customer get?',
        options: 'segments',
        fromDeal: 'segment',
      },
      planTier: {
        label: 'Plan tier',
        thing: 'the plan tier',
        kind: 'text',
        max: 300,
        hint: 'Which plan does the contract name?',
        shareable: true,
      },
      value: {
        label: 'Value and currency',
        thing: 'value and currency',
        kind: 'money',
        hint: 'What is the contract worth?',
      },
      purchase: {
        label: 'What they bought',
        kind: 'text',
        max: 300,
        hint: 'How many of what, such as 120 seats?',
        shareable: true,
      },
      termMonths: { label: 'Term length', kind: 'number', hint: 'How many months?', unit: 'months' },
      scope: { label: 'Scope', thing: 'the scope', kind: 'longText', hint: "What is in, and what isn't?" },
      signedAt: {
        label: 'Signing date',
        thing: 'the signing date',
        kind: 'date',
        hint: 'When was it signed?',
        fromDeal: 'closedWonAt',
      },
      renewalDate: {
        label: 'Renewal date',
        thing: 'the renewal date',
        kind: 'date',
        hint: 'When does the contract renew?',
      },
      specialTerms: {
        label: 'Custom or special terms',
        thing: 'the special terms',
        kind: 'longText',
        hint: 'What differs from the standard contract? Or write none.',
        orNone: true,
      },
      discounts: {
        label: 'Discounts',
        thing: 'the discounts',
        kind: 'longText',
        hint: 'How much, until when, and why? Or write none.',
        orNone: true,
      },
      proposalVersions: {
        label: 'Proposal versions',
        kind: 'longText',
        hint: 'What changed between versions, and why?',
        optional: true,
      },
    },
  },
  redFlags: {
    title: 'Red flags',
    why: 'What could go wrong is cheap to prevent now, and costly to discover.',
    sources: ['S0', 'S1', 'S2'],
    pillar: 'risks',
    fields: {
      concerns: {
        label: 'Concerns raised',
        thing: 'the concerns raised',
        kind: 'longText',
        hint: 'What worried them? Or write none known.',
        orNone: true,
      },
      sensitivities: {
        label: 'Sensitivities',
        thing: 'the sensitivities',
        kind: 'longText',
        hint: 'Which topics are better avoided? Or write none known.',
        orNone: true,
      },
      supportExpectations: {
        label: 'Support expectations',
        thing: 'their support expectations',
        kind: 'longText',
        hint: 'Which response times and channels do they count on? Or write none known.',
        orNone: true,
      },
      knownRisks: {
        label: 'Known risks',
        thing: 'the known risks',
        kind: 'longText',
        hint: 'What could go wrong? Or write none known.',
        orNone: true,
      },
      internalPolitics: {
        label: 'Internal politics',
        thing: 'the internal politics',
        kind: 'longText',
        hint: 'Who is for it, and who against? Or write none known.',
        orNone: true,
      },
    },
  },
  promises: {
    title: 'Promises',
    why: 'The customer remembers every one of them.',
    sources: ['S4', 'P'],
    pillar: 'risks',
    field: {
      label: 'Promises made while selling',
      kind: 'promises',
      hint: 'What did we promise, to whom, by when, and where was it said? Or say that there are none.',
      orNone: true,
    },
  },
  communication: {
    title: 'Communication',
    why: 'The first email goes out in the right way, at the right hour.',
    sources: ['S0', 'S1'],
    pillar: 'relationships',
    fields: {
      preferredChannel: {
        label: 'Preferred channel',
        thing: 'their preferred channel',
        kind: 'text',
        max: 300,
        hint: 'Email, phone, chat?',
      },
      meetingFrequency: {
        label: 'Meeting frequency',
        thing: 'how often they want to meet',
        kind: 'text',
        max: 300,
        hint: 'How often do they want to meet, such as every 2 weeks?',
      },
      timeZone: {
        label: 'Time zone',
        thing: 'their time zone',
        kind: 'timeZone',
        hint: 'Where do the contacts work?',
        fromDeal: 'customerTimeZone',
      },
      language: {
        label: 'Language',
        kind: 'text',
        max: 300,
        hint: 'Which language do they write in, such as German?',
        optional: true,
        fromDeal: 'customerLanguage',
      },
    },
  },
  attachments: {
    title: 'Attachments',
    why: 'For details that no form asks for.',
    sources: ['S2', 'S3', 'S4'],
    fields: {
      callRecordings: {
        label: 'Call recordings and meeting summaries',
        kind: 'links',
        hint: 'Where can one listen to or read the calls? At least 1 link.',
      },
      crmRecord: { label: 'CRM record', kind: 'link', hint: 'Where is the deal in the CRM?', fromDeal: 'crmRecord' },
      proposal: { label: 'Proposal', kind: 'links', hint: 'Where is the signed version?', optional: true },
      deck: { label: 'Deck', kind: 'links', hint: 'What were they shown?', optional: true },
      caseStudies: { label: 'Case studies', kind: 'links', hint: 'Which ones were they given?', optional: true },
      emailsAndNotes: {
        label: 'Emails and notes',
        kind: 'links',
        hint: 'Which threads are worth reading?',
        optional: true,
      },
    },
  },
} as const satisfies Readonly<Record<string, SectionRule>>;
