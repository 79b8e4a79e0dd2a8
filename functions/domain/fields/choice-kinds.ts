import * as z from 'zod/mini';
import { isMailAddress, mailAddress } from '../time/formats.ts';
import { cleanLine } from './clean-text.ts';
import { type FieldRule, optionsOf } from './field-rule.ts';
import { fitsText } from './fits.ts';
import type { Kind } from './kind.ts';
import { lazily, once } from './lazily.ts';
import { thingOf } from './naming.ts';
import { isEmpty, isTexts, longestLine, nothing, problem, shown, tidyLine } from './reading.ts';
import { singleKind } from './single-kind.ts';
import { lineOf } from './text-kinds.ts';
import { nameIn } from './words.ts';

const anyName = once(() => lineOf('one of the known names'));
const oneOf = lazily((options: string) => {
  const names = options.split('\n');
  return z.enum(names, { error: oneOfText(names) });
});
const oneOfText = (names: readonly string[]): string => `one of: ${names.join(', ')}`;

function select(rule: FieldRule): string {
  return `Select ${thingOf(rule)}`;
}

function selectFromList(rule: FieldRule): string {
  return `${select(rule)} from the list`;
}

/** One of the rule's options, whatever its case and hyphens. Any name while it is not known what the options are. */
export const choice = singleKind<string>({
  missing: select,
  schema: ({ options }) => (isTexts(options) && options.length > 0 ? oneOf(options.join('\n')) : anyName()),
  fits: (answer, { options }): answer is string =>
    isTexts(options) && options.length > 0
      ? options.some((option) => option === answer)
      : fitsText(answer, longestLine),
  tidy: (received, { options }) => {
    const name = tidyLine(received);
    if (!isTexts(options) || typeof name !== 'string') return name;
    return nameIn(options, name) ?? name;
  },
  remedy: selectFromList,
  check: (name, rule, filling) => {
    const known = optionsOf(rule, filling?.segments);
    const meant = known && nameIn(known, name);
    if (known === undefined || meant !== undefined) return { value: meant ?? name, problems: [] };
    return { problems: [problem(oneOfText(known), name, selectFromList(rule))] };
  },
  flaws: ({ options }) => (options === undefined || options.length === 0 ? ['is a choice without an option'] : []),
});

function selectYes({ thing }: FieldRule): string {
  return thing === undefined ? 'Select yes or no' : `Select yes if ${thing}, or no`;
}

const yesOrNo = once(() => z.boolean({ error: 'yes or no' }));

export const yesNo = singleKind<boolean>({
  missing: selectYes,
  schema: yesOrNo,
  fits: (answer): answer is boolean => typeof answer === 'boolean',
  tidy: (received) => {
    const answer = typeof received === 'string' ? cleanLine(received).toLowerCase() : received;
    if (answer === 'yes' || answer === 'true') return true;
    return answer === 'no' || answer === 'false' ? false : received;
  },
  remedy: selectYes,
  show: (value) => ({ text: value ? 'yes' : 'no' }),
  write: (answer) => (typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : shown(answer)),
});

const tick = ({ items = [] }: FieldRule): string =>
  items.length === 1 ? 'Tick the box to confirm' : 'Tick all the checks';

const boxes = lazily((count: number) => z.array(z.string()).check(z.length(count, { error: 'every box ticked' })));

/** Boxes that must all be ticked: each is sent as its number, counted from 0, or as its text. */
export const checklist: Kind<readonly string[]> = {
  isList: true,
  oneLine: false,
  missing: tick,
  schema: ({ items = [] }) => boxes(items.length),
  read: (received, rule) => {
    const { items = [] } = rule;
    const ticked = textsIn(received);
    if (ticked === undefined) return { problems: [problem('every box ticked', received, tick(rule))] };
    if (ticked.length === 0) return nothing;
    const open = items.filter((item, i) => !ticked.includes(String(i)) && !ticked.includes(cleanLine(item)));
    if (open.length === 0) return { value: items, problems: [] };
    const remedy = `Still open: ${open.join('; ')}`;
    return { problems: [problem('every box ticked', ticked.join('; '), remedy)] };
  },
  show: (answer) => [{ text: (textsIn(answer) ?? [shown(answer)]).join('; ') }],
  write: (answer) => (textsIn(answer) ?? [shown(answer)]).join('\n'),
  flaws: ({ items = [] }) => (items.length === 0 ? ['is a checklist without a box'] : []),
};

/** The lines of a text, or the texts of a list, that say something; undefined for anything else. */
function textsIn(received: unknown): readonly string[] | undefined {
  const texts = typeof received === 'string' ? received.split(/\r\n?|\n/) : received;
  if (isEmpty(texts)) return [];
  return isTexts(texts) ? texts.map(cleanLine).filter((text) => text !== '') : undefined;
}

const address = once(mailAddress);

/** A colleague, by mail address. Whom the field may name, those who offer it know: they say so as `candidates`. */
export const person = singleKind<string>({
  missing: select,
  schema: address,
  fits: isMailAddress,
  tidy: (received) => {
    const email = tidyLine(received);
    return typeof email === 'string' ? email.toLowerCase() : email;
  },
  remedy: selectFromList,
  check: (email, rule, filling) => {
    const offered = filling?.candidates;
    if (offered === undefined || offered.some((each) => each.active && each.email === email))
      return { value: email, problems: [] };
    return { problems: [problem('one of the people offered', email, selectFromList(rule))] };
  },
  flaws: ({ from }: FieldRule) => (from === undefined ? ['does not say from whom a person is chosen'] : []),
});
