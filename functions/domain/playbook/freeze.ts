import { nameIn } from '../fields/words.ts';
import type { MeetingRule } from './meetings.ts';
import type { FrozenPlaybook, Overlay, PackageFieldChange, Playbook, StepChange, StepRule, Tell } from './playbook.ts';
import { type Surroundings, worded, wordedWords } from './wording.ts';
import { wordsFor } from './wording-by-language.ts';

/** Which overlays of a playbook apply to a handoff. */
export interface Variant {
  readonly segment: string;
  readonly industry?: string;
}

/** What a deal or its package says of itself, as received. */
export interface SaidOfVariant {
  /** The first one that is known counts. */
  readonly segments: readonly (string | undefined)[];
  readonly industry: string | undefined;
}

/**
 * The overlays that apply to a handoff, by the names the playbook gives them, whatever their case and hyphens (`Self Serve`).
 * Unknown ones fall back (a segment to the playbook's fallback, an industry to none), with a sentence for the record.
 */
export function variantOf(
  playbook: Pick<Playbook, 'segments' | 'industries' | 'fallbackSegment'>,
  said: SaidOfVariant,
): { readonly variant: Variant; readonly notes: readonly string[] } {
  const named = said.segments.filter((text) => text !== undefined && text.trim() !== '') as string[];
  const known = named.map((text) => nameIn(Object.keys(playbook.segments), text));
  const segment = known.find((name) => name !== undefined);
  const industry = said.industry === undefined ? undefined : nameIn(Object.keys(playbook.industries), said.industry);
  return {
    variant: { segment: segment ?? playbook.fallbackSegment, ...(industry !== undefined && { industry }) },
    notes: [
      ...(segment === undefined && named[0] !== undefined
        ? [`The segment "${named[0]}" is not in the playbook: treated as ${playbook.fallbackSegment}.`]
        : []),
      ...(said.industry !== undefined && said.industry.trim() !== '' && industry === undefined
        ? [`The playbook has no rules of its own for the industry "${said.industry}": the general ones apply.`]
        : []),
    ],
  };
}

/**
 * Resolves the playbook for one handoff: the segment's overlay, then the industry's. Steps it does without are gone, its own
 * rules are in place, and the slots of every wording are filled from the rules they speak of.
 */
export function freezePlaybook(playbook: Playbook, { segment, industry }: Variant): FrozenPlaybook {
  const overlays = overlaysOf(playbook, { segment, ...(industry !== undefined && { industry }) });
  const meetings = overlays.reduce(withMeetings, playbook.meetings);
  const special = new Set(
    [...Object.values(playbook.segments), ...Object.values(playbook.industries)].flatMap(({ with: own = [] }) => own),
  );
  const own = new Set(overlays.flatMap(({ with: own = [] }) => own));
  const without = new Set(overlays.flatMap(({ without: left = [] }) => left));
  const kept = Object.entries<StepRule>(playbook.steps).filter(
    ([id]) => !without.has(id) && (!special.has(id) || own.has(id)),
  );
  const steps = Object.fromEntries(
    kept.map(([id, rule]): [string, StepRule] => [
      id,
      overlays.reduce((so, { steps: changes }) => changed(so, changes?.[id]), rule),
    ]),
  );
  return {
    version: 2,
    name: playbook.name,
    segment,
    ...(industry !== undefined && { industry }),
    segments: Object.keys(playbook.segments),
    roles: playbook.roles,
    accountable: playbook.accountable,
    steps: Object.fromEntries(
      Object.entries(steps).map(([id, rule]) => [id, asRequested(worded(rule, { steps, meetings }))]),
    ),
    flow: playbook.flow,
    meetings,
    ladders: Object.assign({}, playbook.ladders, ...overlays.map(({ ladders = {} }) => given(ladders))),
    fields: [{ fields: playbook.fields ?? {} }, ...overlays].reduce(withFields, {}),
    atLeast: playbook.atLeast,
    abandonAfter: playbook.abandonAfter,
    linkDays: overlays.reduce((so, { linkDays }) => linkDays ?? so, playbook.linkDays),
    ...given({
      draftTarget: overlays.reduce((so, { draftTarget }) => draftTarget ?? so, playbook.draftTarget),
      previewMeeting: overlays.reduce((so, { previewMeeting }) => previewMeeting ?? so, playbook.previewMeeting),
    }),
    ...(playbook.escalations === 'digest' && { escalations: playbook.escalations }),
    ...(playbook.languages && {
      languages: languagesFor(playbook.languages, { segment, industry }, { steps, meetings }),
    }),
  };
}

/** The words of each language, for the steps there are. */
function languagesFor(
  languages: NonNullable<Playbook['languages']>,
  { segment, industry }: { readonly segment: string; readonly industry: string | undefined },
  surroundings: Surroundings,
): NonNullable<FrozenPlaybook['languages']> {
  return Object.fromEntries(
    Object.entries(languages).map(([language, words]) => {
      const own = wordsFor(words, { segment, ...(industry !== undefined && { industry }) });
      const steps = Object.entries(surroundings.steps).flatMap(([id, rule]) => {
        const said = own.steps[id];
        return said ? [[id, wordedWords(said, rule, surroundings)]] : [];
      });
      return [language, { ...own, steps: Object.fromEntries(steps) }];
    }),
  );
}

/** State names are made before; from here on a step is called what its mails ask for. */
function asRequested(rule: StepRule): StepRule {
  if (rule.kind !== 'ask') return rule;
  const { request, ...known } = rule;
  return request === undefined ? rule : { ...known, ask: request };
}

/** The overlays of a variant, in the order they apply. Throws when the playbook has no such segment or industry. */
function overlaysOf(playbook: Pick<Playbook, 'segments' | 'industries'>, variant: Variant): readonly Overlay[] {
  const { segment, industry } = variant;
  const found = [playbook.segments[segment], ...(industry === undefined ? [] : [playbook.industries[industry]])];
  return found.map((overlay, i) => {
    if (overlay) return overlay;
    throw new Error(`The playbook has no ${i === 0 ? `segment "${segment}"` : `industry "${industry}"`}.`);
  });
}

/** Every variant of a playbook: each segment by itself, and with each industry. */
export const variantsOf = ({ segments, industries }: Pick<Playbook, 'segments' | 'industries'>): readonly Variant[] =>
  Object.keys(segments).flatMap((segment) => [
    { segment },
    ...Object.keys(industries).map((industry) => ({ segment, industry })),
  ]);

function changed(rule: StepRule, change: StepChange | undefined): StepRule {
  if (change === undefined) return rule;
  const { tells, ...instead } = change;
  if (rule.kind === 'ask') return { ...rule, ...instead };
  const { title } = instead;
  return {
    ...rule,
    ...(title !== undefined && { title }),
    tells: rule.tells.map((tell): Tell => {
      const own = tells?.[tell.say];
      if (own === undefined) return tell;
      return own === 'silent' ? { ...tell, silent: true } : { ...tell, opens: own };
    }),
  };
}

type Meetings = Readonly<Record<string, MeetingRule>>;

const withMeetings = (so: Meetings, { meetings = {} }: Overlay): Meetings =>
  Object.fromEntries(Object.entries(so).map(([id, rule]) => [id, { ...rule, ...meetings[id] }]));

type Fields = Readonly<Record<string, PackageFieldChange>>;

function withFields(so: Fields, { fields = {} }: Pick<Overlay, 'fields'>): Fields {
  const changed = Object.entries(given(fields)).map(([path, change]) => [path, { ...so[path], ...change }]);
  return { ...so, ...Object.fromEntries(changed) };
}

/** The record without the members that are undefined. */
const given = <T>(record: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined));
