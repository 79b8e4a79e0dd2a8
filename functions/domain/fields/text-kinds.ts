import * as z from 'zod/mini';
import { inThousands } from '../texts/number-text.ts';
import { isTimeZone, timeZone as zoneName } from '../time/formats.ts';
import { cleanText } from './clean-text.ts';
import type { FieldRule } from './field-rule.ts';
import { fitsText } from './fits.ts';
import { lazily, once } from './lazily.ts';
import { subjectOf, thingOf } from './naming.ts';
import { isTexts, longestLine, longestText, shorten, tidyLine, tooLong } from './reading.ts';
import { singleKind } from './single-kind.ts';

/** Most characters of a text of one line, where its rule does not say. */
const usualLine = 500;

/** Text that is not empty; `expected` says what it tells. */
export const textOf = (expected: string, most: number): z.ZodMiniString =>
  z
    .string({ error: expected })
    .check(
      z.minLength(1, { error: expected }),
      z.maxLength(most, { error: `${expected}, at most ${inThousands(most)} characters` }),
    );

/** Text of one line inside a larger answer. */
export const lineOf = (expected: string): z.ZodMiniString => textOf(expected, longestLine);

const textUpTo = lazily((most: number) => textOf('text', most));

const remedyUpTo =
  (usual: number) =>
  (rule: FieldRule, answer: unknown): string => {
    const { max = usual } = rule;
    return typeof answer === 'string' && answer.length > max
      ? shorten(subjectOf(rule), answer.length, max)
      : enterWords(rule);
  };

/** What to do about a field for words that was left empty. */
export const enterWords = (rule: FieldRule): string => `Enter ${thingOf(rule)}${rule.orNone ? ' (or "none")' : ''}`;

export const text = singleKind<string>({
  missing: enterWords,
  schema: ({ max = usualLine }) => textUpTo(max),
  fits: (answer, { max = usualLine }): answer is string => fitsText(answer, max),
  tidy: tidyLine,
  remedy: remedyUpTo(usualLine),
});

export const longText = singleKind<string>({
  manyLines: true,
  missing: enterWords,
  schema: ({ max = longestText }) => textUpTo(max),
  fits: (answer, { max = longestText }): answer is string => fitsText(answer, max),
  tidy: (received) => {
    const joined = isTexts(received) ? received.join('\n') : tidyNumber(received);
    return typeof joined === 'string' ? cleanText(joined).trim() : joined;
  },
  problem: (answer, rule) =>
    rule.max === undefined && answer.length > longestText ? tooLong(answer, rule) : undefined,
  remedy: remedyUpTo(longestText),
});

const tidyNumber = (received: unknown): unknown => (typeof received === 'number' ? String(received) : received);

const zoneSchema = once(zoneName);

export const timeZone = singleKind<string>({
  missing: (rule) => `Enter ${thingOf(rule)}, like Europe/Berlin`,
  schema: zoneSchema,
  fits: (answer): answer is string => typeof answer === 'string' && isTimeZone(answer),
  tidy: tidyLine,
  remedy: (rule) => `${subjectOf(rule)} must be a region and city, like Europe/Berlin or America/New_York`,
});
