import { type FieldPath, type PackageField, packageFields } from '../domain/deal/package.ts';
import type { CrmSettings } from '../ports/crm-access.ts';
import type { CrmConnection } from './crm-connector.ts';
import type { DealFact, PropertyRule } from './mapping.ts';

/** A file to put somewhere as it stands. */
export interface SetupFile {
  /** Where it belongs, in the CRM's own terms: `src/app/app-hsmeta.json`. */
  readonly path: string;
  readonly text: string;
}

/** Something that somebody does in the CRM or at its command line, in the order of the list. */
export interface SetupStep {
  /** A sentence of one action: `Upload the project app.` */
  readonly what: string;
  /** How, one action a line. */
  readonly how: readonly string[];
  readonly files?: readonly SetupFile[];
}

/** The steps that any CRM takes at the stage, which each puts where they have to stand among its own. */
export interface SharedSteps {
  /** Once the CRM gave them. */
  readonly secrets: SetupStep;
  /** Once the settings can name the CRM. */
  readonly deploy: SetupStep;
  /** `createProperties` and `registerWebhook`: once the stage is deployed and its secrets are there. */
  readonly create: SetupStep;
  /** At last. */
  readonly check: SetupStep;
}

/** A property that the CRM has to have for us. */
export interface SetupProperty {
  /** The CRM's object, as people know it: `Deal`, `Contact`, `Opportunity`. */
  readonly object: string;
  /** As its API writes it. */
  readonly name: string;
  readonly label: string;
  /** The CRM's own word for its type: `textarea`, `LongTextArea`, `varchar`. */
  readonly type: string;
  /** Who fills it: sellers, or Handoff's write-back. */
  readonly filledBy: 'sales' | 'handoff';
}

/** What became of a property that was to be created. `refused`: in the CRM's words, without personal data. */
export interface PropertyCreated {
  readonly property: SetupProperty;
  readonly outcome: 'created' | 'there already' | { readonly refused: string };
}

/** What became of a webhook that was to be registered. `refused`: in the CRM's words, without personal data. */
export type WebhookRegistered = 'registered' | 'replaced' | { readonly refused: string };

/** What a check found, in sentences for whoever connects the CRM. */
export interface SetupCheck {
  /** What is checked, as a statement: `The token works`. */
  readonly what: string;
  readonly ok: boolean;
  /** What is wrong; of a check that is not ok only. */
  readonly problem?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** How a CRM is connected, for `npm run crm`: one for each CRM, beside its connector and in no function's bundle. */
export interface CrmSetup {
  /** What to do, in this order, for a stage with these settings; what is not known yet stands in angle brackets. */
  readonly steps: (settings: CrmSettings, shared: SharedSteps) => readonly SetupStep[];
  readonly properties: readonly SetupProperty[];
  /**
   * Creates those of `properties` that there aren't yet; may be called again. Left out where the CRM's API creates none. Rejects
   * with `CrmUnavailable` or `CrmAccessRefused`; what was created until then stays.
   */
  readonly createProperties?: (connection: CrmConnection) => Promise<readonly PropertyCreated[]>;
  /** Registers our webhook with the current secrets, in place of the one before; may be called again. Left out where somebody does it by hand, or there are none. */
  readonly registerWebhook?: (connection: CrmConnection) => Promise<WebhookRegistered>;
  /** Makes all checks there are, the first that the others depend on first. Never rejects: what went wrong is a check's problem. */
  readonly check: (connection: CrmConnection) => Promise<readonly SetupCheck[]>;
}

/** What tells the fields that the package takes from its deal: a fact, or the deal itself. */
const toldByDeal: Readonly<Record<NonNullable<PackageField['fromDeal']>, DealFact | 'the deal'>> = {
  segment: 'segment',
  customerTimeZone: 'customer.timeZone',
  customerLanguage: 'customer.language',
  closedWonAt: 'the deal',
  crmRecord: 'the deal',
};

/**
 * Whether every field that a package has to have can come from the CRM: by a rule of the mapping, by a fact of the deal, or
 * (`derived`) from what the connector makes of other records.
 */
export function coverageCheck(rules: readonly PropertyRule[], derived: readonly FieldPath[] = []): SetupCheck {
  const told = new Set<string>([...rules.map(({ to }) => to), ...derived, 'the deal']);
  const isTold = ({ path, fromDeal }: PackageField): boolean =>
    told.has(path) || (fromDeal !== undefined && told.has(toldByDeal[fromDeal]));
  const missing = packageFields.filter((field) => field.required && !isTold(field));
  const what = 'The mapping covers every answer that a complete package needs';
  if (missing.length === 0) return { what, ok: true };
  return {
    what,
    ok: false,
    problem: `Nothing in the CRM tells: ${missing.map(({ label }) => label).join(', ')}. Account executives are asked for these.`,
    remedy: 'Add a rule for each to the mapping of your CRM.',
  };
}
