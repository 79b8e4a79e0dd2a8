import { excerpt } from '../fields/clean-text.ts';
import { isRecord, recordOf } from '../fields/record.ts';
import type { Refusal } from '../fields/refusal.ts';
import { dealBeforeSignature, dealFields } from './deal-fields.ts';
import { type FieldReader, fieldReader, shortened, unpackEvent } from './deal-reading.ts';
import { fitPackage, largestPackage, unknownMembers, withShortNotes } from './package.ts';

export interface Customer {
  readonly name: string;
  readonly website?: string;
  /** IANA zone. */
  readonly timeZone?: string;
  readonly language?: string;
  readonly country?: string;
}

/** What a CRM says of a deal, won or not. Texts are of one line and free of control characters, mail addresses are in lower case. */
export interface SaidDeal {
  readonly dealId: string;
  readonly name: string;
  readonly customer: Customer;
  /** As received, perhaps unknown; `variantOfDeal` tells which one applies. */
  readonly segment?: string;
  readonly territory?: string;
  readonly industry?: string;
  readonly accountExecutive: string;
  readonly customerSuccessManager?: string;
  readonly crmRecord?: string;
  /** As received (cleaned of control characters, over-long texts cut and marked); `checkPackage` reads it. */
  readonly package: unknown;
}

/** `notes`: what was odd but accepted, one sentence each. */
export type SaidDealParsed =
  | {
      readonly facts: SaidDeal;
      /** When it is expected to be signed, `YYYY-MM-DD`. */
      readonly expectedCloseOn?: string;
      readonly notes: readonly string[];
    }
  | { readonly refused: readonly Refusal[] };

/**
 * Parses the events `Deal Changed` and `Deal Proposed`: how a deal that is won, or may be, stands now, all of it. Refused as
 * `parseDealEvent` refuses.
 */
export function parseSaidDeal(event: unknown): SaidDealParsed {
  const unpacked = unpackEvent(event, saidTypes);
  if ('refused' in unpacked) return unpacked;
  const read = fieldReader();
  const facts = readFacts(unpacked.detail, read);
  const expectedCloseOn = read.optional(
    unpacked.detail,
    'detail.expectedCloseOn',
    dealBeforeSignature().expectedCloseOn,
  );
  if (!facts || read.refused.length > 0) return { refused: read.refused };
  return {
    facts,
    ...(expectedCloseOn !== undefined && { expectedCloseOn }),
    notes: shortened([...unpacked.notes, ...read.notes]),
  };
}

const saidTypes = ['Deal Changed', 'Deal Proposed'] as const;

/** Reads what an event says of a deal; undefined, with every reason among what is refused, where it leaves open which deal, which customer or who sells it. */
export function readFacts(detail: Readonly<Record<string, unknown>>, read: FieldReader): SaidDeal | undefined {
  const customer = recordOf(detail['customer']);
  const fields = dealFields().customer.shape;

  const dealId = read.required(detail, 'detail.dealId', dealFields().dealId);
  const customerName = read.required(customer, 'detail.customer.name', fields.name);
  const accountExecutive = read.required(detail, 'detail.accountExecutive', dealFields().accountExecutive);
  const pkg = readPackage(detail, read);
  const rest = {
    segment: read.optional(detail, 'detail.segment', dealFields().segment),
    territory: read.optional(detail, 'detail.territory', dealFields().territory),
    industry: read.optional(detail, 'detail.industry', dealFields().industry),
    customerSuccessManager: read
      .optional(detail, 'detail.customerSuccessManager', dealFields().customerSuccessManager)
      ?.toLowerCase(),
    crmRecord: read.optional(detail, 'detail.crmRecord', dealFields().crmRecord),
  };
  const details = {
    website: read.optional(customer, 'detail.customer.website', fields.website),
    timeZone: read.optional(customer, 'detail.customer.timeZone', fields.timeZone),
    language: read.optional(customer, 'detail.customer.language', fields.language),
    country: read.optional(customer, 'detail.customer.country', fields.country),
  };
  const name = read.optional(detail, 'detail.name', dealFields().name) ?? customerName;
  read.notes.push(
    ...unknownIn(detail, { ...dealFields(), ...dealBeforeSignature(), package: true }, 'detail'),
    ...unknownIn(customer, fields, 'detail.customer'),
  );
  if (!dealId || !customerName || !name || !accountExecutive) return undefined;
  return {
    ...{ dealId, name, customer: { name: customerName, ...given(details) }, ...given(rest) },
    ...{ accountExecutive: accountExecutive.toLowerCase(), package: pkg },
  };
}

function readPackage(detail: unknown, read: FieldReader): unknown {
  const field = 'detail.package';
  const received = recordOf(detail)['package'] ?? {};
  if (!isRecord(received)) {
    read.notes.push(`${field} is no object; every field of it is asked for`);
    return {};
  }
  read.notes.push(
    ...unknownMembers(received).map((path) => `${field}.${path} is not a field of the package; kept, but not used`),
  );
  const { package: short, cut } = withShortNotes(received);
  read.notes.push(
    ...cut.map((path) => `${field}.${path} is too long and optional; cut, its full text stays in the CRM`),
  );
  const fitted = fitPackage(short);
  if (fitted === undefined) {
    const problem = `is larger than ${largestPackage / 1000} KB, even with its texts cut`;
    read.refused.push({
      field,
      problem,
      remedy: 'Send the fields of the published JSON Schema only; link to the rest.',
    });
  } else if (JSON.stringify(fitted) !== JSON.stringify(short)) {
    read.notes.push(`${field}: texts that are too long were cut; their full text stays in the CRM`);
  }
  return fitted;
}

function unknownIn(record: unknown, known: object, path: string): string[] {
  const names = Object.keys(recordOf(record)).filter((name) => !Object.hasOwn(known, name));
  return names.map((name) => `${path}.${excerpt(name)} is not a field of a deal; not used`);
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without the members that are undefined. */
export function given<T extends object>(record: T): Given<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Given<T>;
}
