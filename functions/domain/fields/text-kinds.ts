import * as z from 'zod';
import { timeZone as zoneName } from '../time/formats.ts';
import { cleanText } from './clean-text.ts';
import type { FieldRule } from './field-rule.ts';
import { lazily, once } from './lazily.ts';
import { inThousands, isTexts, longestLine, longestText, shorten, tidyLine, tooLong } from './reading.ts';
import { singleKind } from './single-kind.ts';

/** Most characters of a text of one line, where its rule does not say. */
const usualLine = 500;

/** Text that is not empty; `expected` says what it tells. */
export const textOf = (expected: string, most: number): z.ZodString =>
  z
    .string({ error: expected })
    .min(1, { error: expected })
    .max(most, { error: `${expected}, at most ${inThousands(most)} characters` });

/** Text of one line inside a larger answer. */
export const lineOf = (expected: string): z.ZodString => textOf(expected, longestLine);

const textUpTo = lazily((most: number) => textOf('text', most));

const remedyUpTo =
  (usual: number) =>
  ({ max = usual }: FieldRule, answer: unknown): string | undefined =>
    typeof answer === 'string' && answer.length > max ? shorten(answer.length, max) : undefined;

export const text = singleKind<string>({
  missing: 'Fill this in.',
  schema: ({ max = usualLine }) => textUpTo(max),
  tidy: tidyLine,
  remedy: remedyUpTo(usualLine),
});

export const longText = singleKind<string>({
  manyLines: true,
  missing: 'Fill this in.',
  schema: ({ max = longestText }) => textUpTo(max),
  tidy: (received) => {
    const joined = isTexts(received) ? received.join('\n') : tidyNumber(received);
    return typeof joined === 'string' ? cleanText(joined).trim() : joined;
  },
  problem: (answer, { max }) => (max === undefined && answer.length > longestText ? tooLong(answer) : undefined),
  remedy: remedyUpTo(longestText),
});

const tidyNumber = (received: unknown): unknown => (typeof received === 'number' ? String(received) : received);

const zoneSchema = once(zoneName);

export const timeZone = singleKind<string>({
  missing: 'Enter a time zone, such as Europe/Berlin.',
  schema: zoneSchema,
  tidy: tidyLine,
});
