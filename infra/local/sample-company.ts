import { readFileSync } from 'node:fs';
import type { Person } from '../../functions/domain/people/person.ts';
import { readRoster } from './samples.ts';

const support = new URL('../../test/support/', import.meta.url);

export type SampleName = 'complete-standard' | 'incomplete' | 'enterprise-across-zones' | 'self-serve';

/** An event as a CRM sends it. */
export interface SampleEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Where the sample deals lie, one JSON file each, and under `bad/` those that must be refused. */
export const sampleDeals = new URL('deals/', support);

/** The event of a sample deal. */
export const sampleEvent = (name: SampleName): SampleEvent =>
  JSON.parse(readFileSync(new URL(`${name}.json`, sampleDeals), 'utf8'));

/** The people of the sample company. */
export const sampleRoster = (): readonly Person[] => readRoster(new URL('roster.json', support));
