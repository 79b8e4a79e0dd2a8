import { isRecord, recordOf } from '../../domain/fields/record.ts';
import { textOf } from '../reading.ts';
import { refusalText } from '../refusal.ts';

/**
 * Why HubSpot refuses a write, in its words: the codes and properties it names, and its message. Messages repeat what was written,
 * so `written` and whatever looks like an address or a number of somebody's is taken out of them.
 */
export function refusalIn(body: unknown, written: readonly unknown[]): string {
  const { category, message, errors } = recordOf(body);
  const problems = [...listIn(errors), ...embeddedIn(textOf(message))].map(problemIn).filter((text) => text !== '');
  const spoken = wordsOf(textOf(message), written);
  const parts = [nameIn(category), [...new Set(problems)].join(', '), spoken].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(': ') : 'HubSpot gives no reason.';
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What is wrong with values stands as JSON behind the message's colon. */
function embeddedIn(message: string): readonly unknown[] {
  const start = message.indexOf('[{');
  if (start < 0) return [];
  try {
    return listIn(JSON.parse(message.slice(start, message.lastIndexOf(']') + 1)));
  } catch {
    return [];
  }
}

/** `PROPERTY_DOESNT_EXIST (handoff_status)`. */
function problemIn(error: unknown): string {
  if (!isRecord(error)) return '';
  const context = recordOf(error['context']);
  const code = nameIn(error['code']) || nameIn(error['error']) || nameIn(error['subCategory']);
  const properties = [error['name'], error['in'], ...listIn(context['propertyName']), ...listIn(context['properties'])]
    .map(nameIn)
    .filter((name) => name !== '' && name !== 'body');
  return [code, properties.length > 0 ? `(${[...new Set(properties)].join(', ')})` : ''].filter(Boolean).join(' ');
}

/** A code or the name of a property; nothing else is taken over. */
const nameIn = (value: unknown): string =>
  typeof value === 'string' && /^[A-Za-z][\w.]{0,99}$/.test(value) ? value : '';

function wordsOf(message: string, written: readonly unknown[]): string {
  const [spoken = ''] = message.split('[{');
  const bare = spoken
    .replace(/https?:\/\/\S+/gi, '…')
    .replace(/(?:["“]|(?<=\s)')([^"“”']*)["”']/g, (quoted, inner: string) => (nameIn(inner) === '' ? '“…”' : quoted))
    .replace(/\+?\d[\d\s./-]{5,}\d/g, '…');
  return refusalText(bare, written.map(textOf)).replace(/:$/, '');
}
