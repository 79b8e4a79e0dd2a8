import { readFileSync } from 'node:fs';
import { type Deal, parseDealEvent } from '../../functions/domain/deal/deal.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { parseRoster } from '../../functions/domain/people/roster-file.ts';

export const sampleNames = [
  'complete-standard',
  'incomplete',
  'enterprise-across-zones',
  'self-serve',
  'holiday-week',
  'awkward-text',
] as const;
export type SampleName = (typeof sampleNames)[number];

export interface DealEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly time?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Nearly every test begins with a sample: each is read, and parsed, once. */
function once<Name extends string, Value>(make: (name: Name) => Value): (name: Name) => Value {
  const made = new Map<Name, Value>();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name) as Value;
  };
}

const read = once((path: string) => readFileSync(new URL(path, import.meta.url), 'utf8'));

/** The event of a sample, as a CRM sends it. */
export const sampleEvent = (name: SampleName): DealEvent => JSON.parse(read(`deals/${name}.json`));

/** The parsed deal of a sample. */
export const sampleDeal = once((name: SampleName): Deal => dealOf(sampleEvent(name)));

/** The text of one of the events under `deals/bad/`, with its extension where it is not `.json`. */
export const badEvent = (name: string): string => read(`deals/bad/${name.includes('.') ? name : `${name}.json`}`);

/** The complete standard event with members of its detail replaced; `undefined` takes one out. */
export function dealEvent(overrides: Readonly<Record<string, unknown>> = {}): DealEvent {
  const event = sampleEvent('complete-standard');
  const detail = Object.entries({ ...event.detail, ...overrides }).filter(([, value]) => value !== undefined);
  return { ...event, detail: Object.fromEntries(detail) };
}

/** The parsed deal of an event that is expected to be good. */
export function dealOf(event: unknown): Deal {
  const parsed = parseDealEvent(event);
  if ('refused' in parsed) throw new Error(`Refused: ${JSON.stringify(parsed.refused)}`);
  return parsed.deal;
}

/** The people of the sample company: in New York, Bavaria, Berlin, England, Sydney and India. */
export const roster = (): readonly Person[] => rosterIn('roster.json');

const rosterIn = once((path: string): readonly Person[] => {
  const parsed = parseRoster(JSON.parse(read(path)));
  if ('refused' in parsed) throw new Error(`Refused: ${JSON.stringify(parsed.refused)}`);
  return parsed.roster;
});
