import * as z from 'zod';

const zones = new Set(Intl.supportedValuesOf('timeZone'));

const settingsSchema = z.object({
  HANDOFF_TABLE: z.string().min(1),
  SITE_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  SITE_NAME: z.string().min(1),
  COMPANY: z.string().min(1),
  MAIL_FROM: z.email(),
  DEFAULT_ZONE: z
    .string()
    .refine((zone) => zone === 'UTC' || zones.has(zone), { error: 'an IANA time zone such as Europe/Berlin' }),
  /** Only the functions that start or stop executions have it. */
  STATE_MACHINE_ARN: z.string().startsWith('arn:').optional(),
  MAIL_CONFIGURATION_SET: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT']).optional(),
  /** The deployment's name: the one dimension of its metrics, e.g. `handoff-production`. */
  POWERTOOLS_SERVICE_NAME: z.string().min(1).optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Parses the environment once. Throws with every problem listed together. */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = settingsSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`These settings (environment variables) cannot be used:\n${problems.join('\n')}`);
}
