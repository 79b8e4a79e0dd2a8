import * as z from 'zod/mini';
import { mailAddress, timeZone, webAddress } from '../time/formats.ts';

/** Text of one line that is not empty. */
export const line = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
/** A member that may be left out; `meaning` says what it tells. */
export const optional = <S extends z.ZodMiniType>(schema: S, meaning: string) =>
  z.exactOptional(schema).check(z.describe(meaning));

/** Most characters of names: of a deal, and of a customer. */
export const longestNames = { name: 300, 'customer.name': 200 } as const;

const makeFields = () =>
  ({
    dealId: line(200).check(z.describe('the id of the deal in the CRM, unchanged over its life (text or number)')),
    wonEpisode: optional(
      z.int().check(z.minimum(1), z.maximum(9999)),
      'how often this deal has been won: 1 the first time, one more after each reopening (whole number, default 1)',
    ),
    name: optional(line(longestNames.name), 'the name of the deal (default: the name of the customer)'),
    customer: z.looseObject({
      name: line(longestNames['customer.name']).check(
        z.describe('the name of the customer company, of at most 200 characters'),
      ),
      website: optional(webAddress(), 'web address of the customer'),
      timeZone: optional(timeZone(), 'IANA time zone of the customer, such as Europe/Berlin'),
      language: optional(line(100), 'language the customer is written to in'),
      country: optional(line(100), 'country of the customer'),
    }),
    segment: optional(
      line(100),
      'segment, as the playbook names it; an unknown one is treated as the usual one and asked about',
    ),
    territory: optional(line(100), 'sales territory, as named in the roster'),
    industry: optional(line(100), 'industry of the customer, as named in the roster'),
    accountExecutive: mailAddress().check(z.describe('the mail address of the account executive who sold the deal')),
    customerSuccessManager: optional(
      mailAddress(),
      'mail address of the customer success manager, if the deal names one',
    ),
    closedWonAt: z.iso
      .datetime({ offset: true })
      .check(
        z.describe('the moment of contract signature in ISO 8601 with Z or an offset, such as 2026-11-20T15:00:00Z'),
      ),
    restored: optional(
      z.literal(true),
      'true where the deal was deleted, or left out, and counts again with the signature that it had: a handoff that was stopped by it begins again',
    ),
    test: optional(z.literal(true), 'true where nothing was sold, and somebody tries it out: in no report'),
    crmRecord: optional(webAddress(), 'web address of the deal in the CRM'),
  }) as const;

/** What the event says beside that while the deal is not signed. */
export const dealBeforeSignature = () =>
  ({
    expectedCloseOn: optional(z.iso.date(), 'the day on which it is expected to be signed, such as 2026-11-30'),
  }) as const;

let fields: ReturnType<typeof makeFields> | undefined;

/**
 * The facts of a deal as the event carries them: what an integrator sends, and what `parseDealEvent` reads. Required is only
 * what tells which deal, which customer, when it was won and who sold it; everything else may be asked for later.
 * Made when first asked for: that takes a while, and many functions never read a deal.
 */
export function dealFields(): ReturnType<typeof makeFields> {
  fields ??= makeFields();
  return fields;
}
