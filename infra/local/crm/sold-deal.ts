import { customFields } from '../../../functions/crm/custom-fields.ts';
import { answerAt, packageFields } from '../../../functions/domain/deal/package.ts';
import { kinds } from '../../../functions/domain/fields/kinds.ts';
import { recordOf } from '../../../functions/domain/fields/record.ts';
import { stakeholders } from '../../../functions/domain/fields/row-kinds.ts';

/** Somebody at the customer, with texts as a seller types them. */
interface SoldContact {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly influence: string;
  readonly stays: string;
  readonly notes: string;
}

/** A deal as a seller has it on the desk before it goes into a CRM: texts, empty where nothing is known. */
export interface SoldDeal {
  readonly name: string;
  readonly customer: { readonly name: string; readonly website: string; readonly country: string };
  /** Email address. */
  readonly seller: string;
  readonly value: { readonly amount: number; readonly currency: string } | undefined;
  /** By the names of `customFields`; those that say something. */
  readonly texts: Readonly<Record<string, string>>;
  readonly contacts: readonly SoldContact[];
}

/** What the detail of an event of ours (`Deal Closed Won`) says, as a seller types it into forms. */
export function soldDeal(detail: Readonly<Record<string, unknown>>): SoldDeal {
  const pkg = detail['package'];
  const customer = recordOf(detail['customer']);
  const money = kinds.money.read(answerAt(pkg, 'contract.value'), {
    label: 'Value',
    kind: 'money',
    required: true,
  }).value;
  const texts = customFields.map(({ to, name }): [string, string] => [name, typedAnswer(detail, to)]);
  return {
    name: textOf(detail['name']) || textOf(customer['name']),
    customer: {
      name: textOf(customer['name']),
      website: textOf(customer['website']),
      country: textOf(customer['country']),
    },
    seller: textOf(detail['accountExecutive']),
    value: money,
    texts: Object.fromEntries(texts.filter(([, text]) => text !== '')),
    contacts: stakeholders.tidied(answerAt(pkg, 'stakeholders')).map((row) => contactOf(recordOf(row))),
  };
}

function contactOf({ name, email, roles, influence, stays, notes }: Readonly<Record<string, unknown>>): SoldContact {
  return {
    ...{ name: textOf(name), email: textOf(email), roles: Array.isArray(roles) ? roles.map(String) : [] },
    ...{ influence: textOf(influence), notes: textOf(notes) },
    stays: typeof stays === 'boolean' ? (stays ? 'stays' : 'leaves') : textOf(stays),
  };
}

/** Where the package says what the deal's facts don't. */
const inPackage: Readonly<Record<string, 'contract.segment' | 'communication.timeZone' | 'communication.language'>> = {
  segment: 'contract.segment',
  'customer.timeZone': 'communication.timeZone',
  'customer.language': 'communication.language',
};

function typedAnswer(detail: Readonly<Record<string, unknown>>, to: string): string {
  const field = packageFields.find(({ path }) => path === to);
  if (field === undefined) {
    const [outer = '', inner] = to.split('.');
    const said = inner === undefined ? detail[outer] : recordOf(detail[outer])[inner];
    const other = inPackage[to];
    return textOf(said) || (other === undefined ? '' : textOf(answerAt(detail['package'], other)));
  }
  const answer = answerAt(detail['package'], field.path);
  // Forms for days and numbers take nothing else.
  const isStrict = field.kind === 'date' || field.kind === 'number';
  return kinds[field.kind].write(isStrict ? kinds[field.kind].read(answer, field).value : answer, 'UTC');
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
