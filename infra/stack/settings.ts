import * as z from 'zod';
import { isLocale, usualLocale } from '../../functions/domain/texts/locale.ts';
import { isZoneName } from '../../functions/domain/time/zone-names.ts';
import { carriesWhite, contrast } from '../../functions/mails/contrast.ts';
import { playbookNames, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { crmNames, crmWiring, writeBackNames } from '../wiring/crms.ts';
import { isRetention, retentionExpected } from '../wiring/retention.ts';

/** What CloudWatch takes as a retention. */
const keptDays = [7, 14, 30, 60, 90, 120, 180, 365, 400, 731, 1827] as const;

/** Names of domains know no case, yet IAM and this code compare letter by letter; an address keeps what stands before its domain. */
const lowerCaseDomain = (name: string): string =>
  name.slice(0, name.lastIndexOf('@') + 1) + domainOf(name).toLowerCase();

const domainName = z
  .hostname({ error: 'the name of a domain such as handoff.example.com' })
  .refine((name) => name.includes('.'), {
    error: 'the whole name of a domain such as handoff.example.com, with its dots',
  })
  .transform(lowerCaseDomain);

/** What stands in headers of mails, and in names that AWS shows. */
const line = z.string().regex(/^\P{Cc}*$/u, { error: 'one line, without line breaks or other control characters' });

const domainSchema = z
  .strictObject({
    /** Where people reach the pages, e.g. `handoff.example.com`. */
    name: domainName,
    /** A certificate for that name in the stack's region; without one, the hosted zone proves the name. */
    certificateArn: z
      .string()
      .regex(/^arn:aws[^:]*:acm:/, { error: 'the ARN of an ACM certificate' })
      .optional(),
    /** A Route 53 zone that gets the name's record (and the certificate's, and DKIM's where it is the sender's). */
    hostedZone: z.strictObject({ id: z.string().min(1), name: domainName }).optional(),
    /** Whether the pages answer at this name alone, and no more at API Gateway's own, to which links lead from before there was a name. */
    only: z.boolean().default(false),
  })
  .refine(({ certificateArn, hostedZone }) => certificateArn || hostedZone, {
    error: 'needs a certificateArn, a hostedZone, or both',
  })
  .refine(({ name, hostedZone }) => !hostedZone || isWithin(name, hostedZone.name), {
    path: ['name'],
    error: "the hosted zone's name, or a name within it",
  });

/** Whom the company's own identity provider lets in (OpenID Connect). */
const issuerSchema = z.strictObject({
  /** The provider's address, under which its `/.well-known/openid-configuration` stands. */
  issuer: z.url({
    protocol: /^https$/,
    error: 'the https address of an identity provider, such as https://login.example.com',
  }),
  /** Whom tokens have to be meant for: a token names one of these in `aud` or `client_id`. */
  audience: z.array(z.string().min(1)).min(1, { error: 'at least one audience that tokens are meant for' }).max(50),
  /** What a token has to allow, one of these, where the provider's tokens say so. */
  scopes: z.array(z.string().min(1)).min(1).max(10).optional(),
});

const operationsSchema = z.union([z.enum(['off', 'iam']), issuerSchema], {
  error:
    '"off", "iam", or the company\'s identity provider, such as {"issuer": "https://login.example.com", "audience": ["handoff-operations"]}; "scopes" may name what a token has to allow. API Gateway takes at most 50 audiences and 10 scopes',
});

const values = z.array(z.string().trim().min(1)).min(1);

/** What is so of deals that are handed over: a property of theirs in the CRM is one of some values, or none of them. */
const dealCondition = z.union(
  [
    z.strictObject({ property: z.string().trim().min(1), is: values }),
    z.strictObject({ property: z.string().trim().min(1), isNot: values }),
  ],
  {
    error:
      'a property with the values that it is, or is not, such as {"property": "dealtype", "isNot": ["existingbusiness"]}',
  },
);

/** The CRM that deals come from. */
const crmSchema = z
  .strictObject({
    name: z.enum(crmNames, { error: `the name of a CRM: ${crmNames.join(', ')}` }),
    /** The account in the CRM whose deals these are: a portal's, an organization's or a company's id. What others tell is left. */
    account: z.string().min(1),
    /** Where its API stands, where each company has an address of its own. */
    apiUrl: z.url({ protocol: /^https$/, error: 'the https address of the API' }).optional(),
    /** The partner event bus that it tells of deals on, where it has no webhooks. */
    partnerBus: z
      .string()
      .regex(/^aws\.partner\/[\w.\-/]+$/, {
        error: 'the name of a partner event bus, such as aws.partner/example.com/1/2',
      })
      .optional(),
    /** What is so of the deals that are handed over: all of it. Every won deal is, where it is left out. */
    deals: z
      .array(dealCondition)
      .refine((conditions) => bytesOf(JSON.stringify(conditions)) <= 2_000, {
        error: 'too long: 2,000 bytes of JSON is the most, as Lambda keeps 4 KB of settings for a function',
      })
      .default([]),
    /** What is written back into it, field by field; `notes`: a note on the deal for each milestone. */
    writeBack: z
      .array(z.enum(writeBackNames, { error: `what can be written back: ${writeBackNames.join(', ')}` }))
      .default([]),
  })
  .check(({ value, issues }) => {
    const { tells, apiUrl, isAsked }: ReturnType<typeof crmWiring> = crmWiring(value.name);
    const lacks = (path: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [path], message: `${message} (for ${value.name})` });
    if (!isAsked && value.deals.length > 0)
      lacks('deals', 'nothing: whoever sends the events chooses which deals they send');
    if (!isAsked && value.writeBack.length > 0) lacks('writeBack', 'nothing: there is nowhere to write to');
    if (!apiUrl && !value.apiUrl) lacks('apiUrl', "the https address of your company's API");
    if (tells === 'partner bus' && !value.partnerBus) lacks('partnerBus', 'the name of the partner event bus');
  });

const tooLight = (color: string): string =>
  `too light for white text: its contrast is ${contrast(color, '#ffffff').toFixed(1)}, and 4.5 is the least; choose a darker one`;

const settingsFields = z.strictObject({
  /** Part of every name, so that stages stand beside each other in one account. */
  stage: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, {
    error: 'a short name such as production: lower-case letters, digits and hyphens, at most 16',
  }),
  /** Whose customers these are, as mails say it. */
  company: line.min(1).max(100),
  /** What the system calls itself, in mails, on pages and, with the stage, in the alarms' mails: SNS takes 100 characters. */
  siteName: line.min(1).max(80),
  /** Of buttons and links in mails, as `#rrggbb`: white reads well on it. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, { error: 'a color of six hexadecimal digits such as #1d4ed8', abort: true })
    .refine(carriesWhite, { error: ({ input }) => tooLight(String(input)) })
    .optional(),
  /** The logo that mails show in place of the site's name: the https address of a picture, best 32 or 64 pixels high. */
  logo: z
    .url({ protocol: /^https$/, error: 'the https address of a picture' })
    .max(500, {
      error: 'at most 500 characters: it stands among the settings of functions, of which Lambda keeps 4 KB',
    })
    .optional(),
  /** The address that mails come from. */
  sender: z.email().transform(lowerCaseDomain),
  /**
   * `existing`: SES has verified the sender's domain (or address). `create`: this stack asks it to, which one stage of an
   * account does for all; it stays when the stage goes.
   */
  senderIdentity: z.enum(['create', 'existing']).default('existing'),
  /** The verified identity, where it is not the sender's domain: the address itself, or a parent domain. */
  senderIdentityName: z.string().min(1).transform(lowerCaseDomain).optional(),
  /** Where answers to mails go; without one they go to the sender's address. */
  replyTo: z.email().optional(),
  /** How many recipients a second SES allows this account, as its console says: what more is due waits in line by it. */
  mailPerSecond: z.number().positive().default(14),
  /** Identities that may get mail while the account is in the SES sandbox, where sending checks the recipient's too. */
  sandboxRecipients: z
    .array(z.string().min(1).transform(lowerCaseDomain))
    .max(50, {
      error:
        'at most 50: each stands in the role of every function that mails, which IAM limits; leave the SES sandbox for more',
      abort: true,
    })
    .refine((names) => names.join('').length <= 3_000, {
      error:
        'too long: 3,000 characters together are the most, as they stand in the role of every function that mails, which IAM limits',
    })
    .default([]),
  /** Who is told when an alarm goes off. */
  alarmMail: z.email(),
  /** For people whose own zone is not known: an IANA name such as Europe/Berlin. */
  defaultZone: z.string().refine(isZoneName, {
    error: 'an IANA time zone such as Europe/Berlin',
  }),
  /** The locale that emails are written in, as its tag (BCP 47): words where there are any in its language, and formats of dates. */
  locale: z
    .string()
    .refine(isLocale, { error: 'the tag of a locale such as en-US, en-GB, or de-DE' })
    .default(usualLocale),
  /** Which of the shipped playbooks new handoffs follow; running ones keep theirs. */
  playbook: z
    .enum(playbookNames, { error: `the name of a shipped playbook: ${playbookNames.join(', ')}` })
    .default(usualPlaybook),
  /**
   * The pages for operations, and who sees them: `iam`: whoever signs and may `execute-api:Invoke`; an issuer: whoever brings a token
   * of it for this audience. `off`: there are none.
   */
  operations: operationsSchema.default('off'),
  /** The company's CRM; without one, something else puts events on the bus. */
  crm: crmSchema.optional(),
  domain: domainSchema.optional(),
  /** `s3`: facts of handoffs are kept in S3, too, for Athena; `table`: in the table alone. */
  facts: z.enum(['s3', 'table'], { error: '"s3" or "table"' }).default('s3'),
  /**
   * For how many whole months what reports are made of is kept, counted by the month of signature: facts, measured handoffs, published
   * weeks, notes of audits. Without it, for good. Handoffs that are not over stay, whenever they were signed.
   */
  retentionMonths: z.number({ error: retentionExpected }).refine(isRetention, { error: retentionExpected }).optional(),
  /** A KMS key of your own ($1 a month and requests) for the table, the dead letters and the alarms' topic. */
  customerManagedKey: z.boolean().default(false),
  /** Accounts that may put deal events on the bus. */
  trustedAccounts: z
    .array(z.string().regex(/^\d{12}$/, { error: 'an account id of 12 digits' }))
    .refine((accounts) => new Set(accounts).size === accounts.length, {
      error: 'names an account twice: once is enough',
    })
    .max(30, { error: "at most 30: each stands in the bus's policy, of which EventBridge takes 10,240 characters" })
    .default([]),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
  /** How long logs are kept, in days. */
  logDays: z.literal(keptDays).default(90),
});

const settingsSchema = settingsFields.refine(
  ({ sender, senderIdentityName: name }) => !name || name === sender || isWithin(domainOf(sender), name),
  {
    path: ['senderIdentityName'],
    error: "the sender's address, its domain, or a parent domain of it",
    // Told with what else is wrong, unless that is one of the two.
    when: ({ issues }) => !issues.some(({ path }) => /^sender(IdentityName)?$/.test(String(path?.[0]))),
  },
);

export type Settings = z.infer<typeof settingsSchema>;

/**
 * The settings of a stage, from the stages in `cdk.json`. Throws with every problem listed together, and when there is no
 * such stage.
 */
export function settingsOf(stage: string, stages: unknown): Settings {
  const all: Readonly<Record<string, unknown>> = Object(stages);
  if (!Object.hasOwn(all, stage))
    throw new Error(`cdk.json has no stage "${stage}"; it has: ${Object.keys(all).join(', ') || 'none'}.`);
  const parsed = settingsSchema.safeParse({ ...Object(all[stage]), stage });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'settings'}: ${message}`);
  throw new Error(`The settings of stage "${stage}" cannot be used:\n${problems.join('\n')}`);
}

/** What SES has to have verified for the sender: an address, or a domain that its address is in. */
export const senderIdentityOf = ({ sender, senderIdentityName }: Settings): string =>
  senderIdentityName ?? domainOf(sender);

/** As Lambda counts what it keeps for a function. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** Whether a domain name is the zone's own or below it. */
const isWithin = (name: string, zone: string): boolean => `.${name}`.endsWith(`.${zone}`);
