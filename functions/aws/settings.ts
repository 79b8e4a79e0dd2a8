import { leastRetentionMonths } from '../domain/reports/retention-setting.ts';
import { isLocale } from '../domain/texts/locale.ts';
import { isZoneName } from '../domain/time/zone-names.ts';
import { carriesWhite } from '../mails/contrast.ts';
import { writeBackFields } from '../ports/crm.ts';

const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'] as const;

/** What a function is told about where it runs. */
export interface Settings {
  readonly HANDOFF_TABLE: string;
  /** Without a slash at its end. */
  readonly SITE_URL: string;
  readonly SITE_NAME: string;
  readonly COMPANY: string;
  /** Of buttons and links in mails, `#rrggbb`. */
  readonly BRAND_COLOR?: string;
  /** The https address of the logo that mails show. */
  readonly BRAND_LOGO?: string;
  readonly MAIL_FROM: string;
  /** An IANA time zone. */
  readonly DEFAULT_ZONE: string;
  /** The tag (BCP 47) of the locale that mails are written in; American English without it. */
  readonly LOCALE?: string;
  /** Only the functions that start, stop or show executions have it. */
  readonly STATE_MACHINE_ARN?: string;
  /** Where executions are shown, each by its name behind a slash; AWS's console where it is left out. */
  readonly EXECUTIONS_URL?: string;
  /** The name of the playbook that new handoffs follow; only the function that begins them has it. */
  readonly PLAYBOOK?: string;
  /** The group that reminders are kept in; only the functions that set, move or remove some have this and what follows. */
  readonly REMINDER_GROUP?: string;
  /** The ARN of the function that is called when one is due. */
  readonly REMINDER_TARGET_ARN?: string;
  /** The ARN of the role that the scheduler calls it in. */
  readonly REMINDER_ROLE_ARN?: string;
  /** The ARN of the queue for reminders that did not come through. */
  readonly REMINDER_DEAD_LETTERS_ARN?: string;
  /** The bus that deals come in on; only the functions that put some there have it. */
  readonly DEAL_BUS?: string;
  /** Which CRM the stage is connected to; only the functions that speak with it have this and what follows. */
  readonly CRM?: string;
  readonly CRM_ACCOUNT?: string;
  readonly CRM_API_URL?: string;
  /** What is written back into it, parted by commas; nothing without it. */
  readonly CRM_WRITES_BACK?: string;
  /** What is so of the deals that are handed over, as JSON; all are without it. */
  readonly CRM_DEALS?: string;
  /** The address of the queue of what is to be written back; only the function that puts something there has it. */
  readonly WRITE_BACK_QUEUE?: string;
  /** The name of the parameter that holds its secrets. */
  readonly CRM_SECRETS?: string;
  readonly FACT_STREAM?: string;
  /** The address of the queue in which it waits that mails arrived; only the function that notes it has it. */
  readonly DELIVERY_QUEUE?: string;
  /** For how many whole months what reports are made of is kept; for good without it. Only the function that deletes it has it. */
  readonly RETENTION_MONTHS?: string;
  readonly MAIL_CONFIGURATION_SET?: string;
  /** Where answers go to mails that name nobody else for them. */
  readonly MAIL_REPLY_TO?: string;
  /** How many recipients SES takes a second from this account; 14 without it. */
  readonly MAIL_PER_SECOND?: string;
  readonly LOG_LEVEL?: (typeof logLevels)[number];
  /** The deployment's name: the one dimension of its metrics, e.g. `handoff-production`. */
  readonly SERVICE_NAME?: string;
}

interface Rule {
  readonly expected: string;
  readonly holds: (text: string) => boolean;
  readonly optional?: true;
}

const notEmpty: Rule = { expected: 'a text that is not empty', holds: (given) => given !== '' };
const mailAddress: Rule = {
  expected: 'an email address',
  holds: (given) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(given),
};
const address: Rule = {
  expected: 'an address that begins with https:// or http://',
  holds: (given) => /^https?:\/\//.test(given) && URL.canParse(given),
};
/** What can be written back into the CRM. */
const writeBackNames = [...Object.keys(writeBackFields), 'notes'];

const arn: Rule = { expected: 'an ARN', holds: (given) => given.startsWith('arn:') };
const optional = (rule: Rule): Rule => ({ ...rule, optional: true });

/** Checked by hand: every function does so while it starts, where a schema would take a tenth of the time. */
const rules: Readonly<Record<keyof Settings, Rule>> = {
  HANDOFF_TABLE: notEmpty,
  SITE_URL: address,
  SITE_NAME: notEmpty,
  COMPANY: notEmpty,
  BRAND_COLOR: optional({
    expected: 'a color such as #1d4ed8, dark enough for white text (a contrast of 4.5 or more)',
    holds: carriesWhite,
  }),
  BRAND_LOGO: optional({
    expected: 'an address that begins with https://',
    holds: (given) => given.startsWith('https://') && URL.canParse(given),
  }),
  MAIL_FROM: mailAddress,
  DEFAULT_ZONE: {
    expected: 'an IANA time zone such as Europe/Berlin',
    holds: isZoneName,
  },
  LOCALE: optional({ expected: 'the tag of a locale such as en-US, en-GB, or de-DE', holds: isLocale }),
  STATE_MACHINE_ARN: optional(arn),
  EXECUTIONS_URL: optional(address),
  PLAYBOOK: optional(notEmpty),
  REMINDER_GROUP: optional(notEmpty),
  REMINDER_TARGET_ARN: optional(arn),
  REMINDER_ROLE_ARN: optional(arn),
  REMINDER_DEAD_LETTERS_ARN: optional(arn),
  DEAL_BUS: optional(notEmpty),
  CRM: optional(notEmpty),
  CRM_ACCOUNT: optional(notEmpty),
  CRM_API_URL: optional(address),
  CRM_SECRETS: optional(notEmpty),
  FACT_STREAM: optional(notEmpty),
  DELIVERY_QUEUE: optional(address),
  WRITE_BACK_QUEUE: optional(address),
  RETENTION_MONTHS: optional({
    expected: `a whole number of months, ${leastRetentionMonths} or more: a year’s comparison needs thirteen`,
    holds: (given) => /^\d{1,4}$/.test(given) && Number(given) >= leastRetentionMonths,
  }),
  CRM_WRITES_BACK: optional({
    expected: `one or more of ${writeBackNames.join(', ')}, parted by commas`,
    holds: (given) => given.split(',').every((name) => writeBackNames.some((known) => known === name)),
  }),
  CRM_DEALS: optional(notEmpty),
  MAIL_CONFIGURATION_SET: optional(notEmpty),
  MAIL_REPLY_TO: optional(mailAddress),
  MAIL_PER_SECOND: optional({
    expected: 'a number above 0',
    holds: (given) => Number(given) > 0 && Number.isFinite(Number(given)),
  }),
  LOG_LEVEL: optional({
    expected: `one of ${logLevels.join(', ')}`,
    holds: (given) => logLevels.some((level) => level === given),
  }),
  SERVICE_NAME: optional(notEmpty),
};

/** Parses the environment once. Throws with every problem listed together. */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.entries(rules).flatMap(([name, rule]) => {
    const value = environment[name];
    return value === undefined && rule.optional ? [] : [{ name, rule, value }];
  });
  const problems = given.filter(({ rule, value }) => value === undefined || !rule.holds(value));
  if (problems.length > 0) {
    const lines = problems.map(
      ({ name, rule, value }) => `${name}: ${value === undefined ? 'missing, ' : ''}expected ${rule.expected}`,
    );
    throw new Error(`These settings (environment variables) cannot be used:\n${lines.join('\n')}`);
  }
  const settings = Object.fromEntries(given.map(({ name, value }) => [name, value])) as unknown as Settings;
  return { ...settings, SITE_URL: settings.SITE_URL.replace(/\/+$/, '') };
}
