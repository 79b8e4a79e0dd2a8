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
    why: "The CSM starts where you stopped, and the customer doesn't tell it all again.",
    sources: ['S0', 'S1', 'S2', 'S3'],
    pillar: 'context',
    fields: {
      whyTheyBought: { label: 'Why they bought', kind: 'longText', hint: 'the reason in their words', inSummary: true },
      painPoints: { label: 'Problem and pain points', kind: 'longText', hint: 'what hurts today, and whom' },
      currentProcess: { label: 'Current process', kind: 'longText', hint: 'how they do it today' },
      alternativesConsidered: {
        label: 'Alternatives considered',
        kind: 'longText',
        hint: 'who or what else was on the table, or "none"',
        orNone: true,
      },
      whyUs: { label: 'Why us', kind: 'longText', hint: 'what decided for us' },
      primaryUseCase: {
        label: 'Primary use case',
        kind: 'longText',
        hint: 'what they will do with it first',
        inSummary: true,
        shareable: true,
      },
      objections: {
        label: 'Objections and how they were handled',
        kind: 'longText',
        hint: 'each objection and the answer given',
        optional: true,
      },
      buyingProcess: {
        label: 'Buying process',
        kind: 'longText',
        hint: 'who signed off, in which order',
        optional: true,
      },
      emotionalDrivers: {
        label: 'Emotional drivers',
        kind: 'longText',
        hint: 'what is personally at stake, and for whom',
        optional: true,
      },
      competitorMigratedFrom: {
        label: 'Competitor they migrate from',
        kind: 'text',
        max: 300,
        hint: 'product and contract end',
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
        kind: 'longText',
        hint: 'what is different by then',
        inSummary: true,
        shareable: true,
      },
      outcomes60Days: { label: 'Outcomes expected at 60 days', kind: 'longText', hint: 'what is different by then' },
      outcomes90Days: { label: 'Outcomes expected at 90 days', kind: 'longText', hint: 'what is different by then' },
      successMetrics: {
        label: 'Success metrics',
        kind: 'metrics',
        hint: 'at least one figure the customer watches',
        shareable: true,
      },
      definitionOfSuccess: {
        label: 'Definition of success',
        kind: 'longText',
        hint: 'how they will know it was worth it',
        inSummary: true,
      },
      expectedTimeline: {
        label: 'Expected timeline',
        kind: 'longText',
        hint: 'go-live date and milestones they expect',
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
        kind: 'list',
        hint: 'one system each, or "none"',
        orNone: true,
        shareable: true,
      },
      dataMigration: {
        label: 'Data migration',
        kind: 'longText',
        hint: 'what, from where, how much, or "none"',
        orNone: true,
        shareable: true,
      },
      compliance: {
        label: 'Compliance needs',
        kind: 'list',
        hint: 'one rule or certificate each, or "none"',
        orNone: true,
      },
      dataAgreementSigner: {
        label: 'Who signs the data agreement',
        kind: 'text',
        hint: 'name and role of whoever signs it at the customer',
        asked: 'when required',
      },
      complianceEvidence: {
        label: 'Compliance evidence',
        kind: 'list',
        hint: 'one report, certificate or audit each that they need from us, or "none"',
        orNone: true,
        asked: 'when required',
      },
    },
  },
  stakeholders: {
    title: 'Stakeholder map',
    why: 'If one contact leaves, the CSM still knows the rest.',
    sources: ['S0', 'S1', 'S2', 'S3', 'S4'],
    pillar: 'relationships',
    field: {
      label: 'People at the customer',
      kind: 'stakeholders',
      hint: 'at least a decision-maker, a champion, a day-to-day and a technical contact (one person may be several)',
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
        kind: 'choice',
        hint: 'which variant of the process this customer gets',
        options: 'segments',
        fromDeal: 'segment',
      },
      planTier: {
        label: 'Plan tier',
        kind: 'text',
        max: 300,
        hint: 'the plan as it stands in the contract',
        shareable: true,
      },
      value: { label: 'Value and currency', kind: 'money', hint: 'contract value' },
      purchase: {
        label: 'Seats or purchase',
        kind: 'text',
        max: 300,
        hint: 'what was bought, e.g. 120 seats',
        shareable: true,
      },
      termMonths: { label: 'Term length', kind: 'number', hint: 'a number of months', unit: 'months' },
      scope: { label: 'Scope', kind: 'longText', hint: 'what is in, and what is not' },
      signedAt: { label: 'Signed at', kind: 'date', hint: 'the day of the signature', fromDeal: 'closedWonAt' },
      renewalDate: { label: 'Renewal date', kind: 'date', hint: 'a day after the signature' },
      specialTerms: {
        label: 'Custom or special terms',
        kind: 'longText',
        hint: 'every deviation from the standard contract, or "none"',
        orNone: true,
      },
      discounts: { label: 'Discounts', kind: 'longText', hint: 'how much, until when, why, or "none"', orNone: true },
      proposalVersions: {
        label: 'Proposal versions',
        kind: 'longText',
        hint: 'what changed between versions, and why',
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
        kind: 'longText',
        hint: 'what worried them, or "none known"',
        orNone: true,
      },
      sensitivities: {
        label: 'Sensitivities',
        kind: 'longText',
        hint: 'topics to avoid, or "none known"',
        orNone: true,
      },
      supportExpectations: {
        label: 'Support expectations',
        kind: 'longText',
        hint: 'response times and channels they count on, or "none known"',
        orNone: true,
      },
      knownRisks: {
        label: 'Known risks',
        kind: 'longText',
        hint: 'what could go wrong, or "none known"',
        orNone: true,
      },
      internalPolitics: {
        label: 'Internal politics',
        kind: 'longText',
        hint: 'who is for it, who against, or "none known"',
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
      hint: 'each commitment: what, to whom, by when, where it was said, confirmed or assumed; or "none"',
      orNone: true,
    },
  },
  communication: {
    title: 'Communication',
    why: 'The first email goes out in the right way, at the right hour.',
    sources: ['S0', 'S1'],
    pillar: 'relationships',
    fields: {
      preferredChannel: { label: 'Preferred channel', kind: 'text', max: 300, hint: 'mail, phone, chat …' },
      meetingFrequency: { label: 'Meeting frequency', kind: 'text', max: 300, hint: 'e.g. every two weeks' },
      timeZone: { label: 'Time zone', kind: 'timeZone', hint: 'where the contacts work', fromDeal: 'customerTimeZone' },
      language: {
        label: 'Language',
        kind: 'text',
        max: 300,
        hint: 'e.g. German',
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
        hint: 'at least one link',
      },
      crmRecord: { label: 'CRM record', kind: 'link', hint: 'link to the deal in the CRM', fromDeal: 'crmRecord' },
      proposal: { label: 'Proposal', kind: 'links', hint: 'the signed version', optional: true },
      deck: { label: 'Deck', kind: 'links', hint: 'what they were shown', optional: true },
      caseStudies: { label: 'Case studies', kind: 'links', hint: 'which ones they were given', optional: true },
      emailsAndNotes: { label: 'Emails and notes', kind: 'links', hint: 'threads worth reading', optional: true },
    },
  },
} as const satisfies Readonly<Record<string, SectionRule>>;
