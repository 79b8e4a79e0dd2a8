import * as z from 'zod/mini';
import { cleanLine, cleanText, excerpt, hasUnseen } from '../fields/clean-text.ts';
import { isRecord, recordOf } from '../fields/record.ts';
import type { Refusal } from '../fields/refusal.ts';
import { inThousands } from '../texts/number-text.ts';

/** Deepest nesting of an event; a handoff package needs four levels. */
const deepest = 20;
const mostNotes = 20;

/** An event unpacked and cleaned, with what was odd about it. */
export interface Unpacked {
  readonly detailType: string;
  /** When the event happened, as it says itself. */
  readonly time: unknown;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/**
 * Opens the EventBridge envelope (a text is read as JSON first) and strips characters that nobody sees from every text in it.
 * Refuses what is no event of the CRM.
 */
export function unpackEvent(
  event: unknown,
  detailTypes: readonly string[],
): Unpacked | { readonly refused: readonly Refusal[] } {
  const envelope = typeof event === 'string' ? parseJson(event) : event;
  if (!isRecord(envelope)) {
    const problem = typeof event === 'string' && envelope === undefined ? 'is not JSON' : 'is not a JSON object';
    return { refused: [{ field: 'event', problem, remedy: 'Send an object with source, detail-type, and detail.' }] };
  }
  const refused: Refusal[] = [];
  if (envelope['source'] !== 'handoff.crm') {
    refused.push({ field: 'source', problem: problemOf(envelope['source']), remedy: 'Send "source": "handoff.crm".' });
  }
  const detailType = detailTypes.find((type) => type === envelope['detail-type']);
  if (detailType === undefined) {
    const remedy = `Send "detail-type": ${detailTypes.map((type) => `"${type}"`).join(' or ')}.`;
    refused.push({ field: 'detail-type', problem: problemOf(envelope['detail-type']), remedy });
  }
  const sent = envelope['detail'];
  const detail = typeof sent === 'string' ? parseJson(sent) : sent;
  if (!isRecord(detail)) {
    refused.push({ field: 'detail', problem: problemOf(sent), remedy: 'Send the deal as a JSON object in detail.' });
  } else if (isTooDeep(detail)) {
    const problem = `is nested deeper than ${deepest} levels`;
    refused.push({ field: 'detail', problem, remedy: 'Send the fields of the published JSON Schema, unwrapped.' });
  }
  if (refused.length > 0 || detailType === undefined || !isRecord(detail)) return { refused };
  const { value, notes } = cleaned(detail);
  return { detailType, time: envelope['time'], detail: recordOf(value), notes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether JSON is nested deeper than an event's detail may be, within so many levels `around` it. */
export function isTooDeep(value: unknown, around = 0): boolean {
  let level: unknown[] = [value];
  // Level by level, not by recursion: JSON may be nested deeper than the stack.
  for (let depth = 0; depth < deepest + around; depth++)
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  return level.length > 0;
}

/** Schemas measure the length of whatever has one, and fail at one that is no number. No field of ours is called so. */
export const isFalseLength = (name: string, value: unknown): boolean => name === 'length' && typeof value === 'object';

function cleaned(detail: unknown): { value: unknown; notes: string[] } {
  const notes: string[] = [];
  const clean = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      const oneLine = !path.startsWith('detail.package.') && path !== 'detail.reason';
      if (hasUnseen(value, oneLine)) notes.push(`${path}: control characters or line breaks taken out`);
      return oneLine ? cleanLine(value) : cleanText(value);
    }
    if (Array.isArray(value)) return value.map((item, i) => clean(item, `${path}[${i}]`));
    if (!isRecord(value)) return value;
    const members = Object.entries(value).filter(([name, item]) => !isFalseLength(name, item));
    return Object.fromEntries(members.map(([name, item]) => [name, clean(item, `${path}.${excerpt(name, 40)}`)]));
  };
  return { value: clean(detail, 'detail'), notes };
}

/** The first notes, and how many more there were: they are stored with the handoff. */
export function shortened(notes: readonly string[]): readonly string[] {
  const more = notes.length - mostNotes;
  return more > 0 ? [...notes.slice(0, mostNotes), `and ${more} more`] : notes;
}

/** Reads fields one by one and gathers what has to be refused and what is worth a note. */
export interface FieldReader {
  readonly refused: Refusal[];
  readonly notes: string[];
  /** Refuses the event when the value is absent or unusable. */
  readonly required: <T>(record: unknown, path: string, schema: z.ZodMiniType<T>) => T | undefined;
  /** Leaves an unusable value out and notes it. */
  readonly optional: <T>(record: unknown, path: string, schema: z.ZodMiniType<T>) => T | undefined;
}

export function fieldReader(): FieldReader {
  const refused: Refusal[] = [];
  const notes: string[] = [];
  const read = <T>(record: unknown, path: string, schema: z.ZodMiniType<T>) => {
    const received = recordOf(record)[path.slice(path.lastIndexOf('.') + 1)];
    const asReceived = schema.safeParse(received);
    return { received, parsed: asReceived.success ? asReceived : schema.safeParse(otherSpelling(received)) };
  };
  return {
    refused,
    notes,
    required: (record, path, schema) => {
      const { received, parsed } = read(record, path, schema);
      if (parsed.success) return parsed.data;
      refused.push({ field: path, problem: problemOf(received), remedy: `Send ${meaningOf(schema)}.` });
      return undefined;
    },
    optional: (record, path, schema) => {
      const { received, parsed } = read(record, path, schema);
      if (parsed.success) return parsed.data;
      if (!isAbsent(received)) notes.push(`${path} ${problemOf(received)}; left out, expected ${meaningOf(schema)}`);
      return undefined;
    },
  };
}

/** CRMs send ids as numbers and counts as texts. Beyond the safe integers the id has already lost digits. */
function otherSpelling(received: unknown): unknown {
  if (typeof received === 'string' && /^\d{1,15}$/.test(received)) return Number(received);
  return Number.isSafeInteger(received) ? String(received) : received;
}

const isAbsent = (received: unknown) => received === undefined || received === null || received === '';

/** What a schema says of itself, in words that follow "Send". */
export function meaningOf(schema: z.ZodMiniType): string {
  return z.globalRegistry.get(schema)?.description ?? 'another value';
}

/** What is wrong with a value that was not understood, to follow the name of its field. */
export function problemOf(received: unknown): string {
  if (isAbsent(received)) return 'is missing';
  if (typeof received === 'string' && received.length > 200)
    return `is too long (${inThousands(received.length)} characters)`;
  return `is not usable: ${excerpt(typeof received === 'string' ? `"${received}"` : JSON.stringify(received))}`;
}
