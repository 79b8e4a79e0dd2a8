import { cutText, excerpt, startOf } from '../fields/clean-text.ts';
import type { FieldRule } from '../fields/field-rule.ts';
import { longestText } from '../fields/reading.ts';
import { isRecord, recordOf } from '../fields/record.ts';
import type { ValueOfKind } from '../fields/values.ts';
import type { FrozenPlaybook } from '../playbook/playbook.ts';
import type { PackageFieldRule, Pillar, SectionRule } from './package-fields.ts';
import { packageSections } from './package-fields.ts';

type Sections = typeof packageSections;
export type SectionId = keyof Sections;

type ValueOf<R extends PackageFieldRule> =
  | ValueOfKind[R['kind']]
  | (R extends { readonly orNone: true } ? 'none' : never);
type SectionValue<S> = S extends { readonly field: infer R extends PackageFieldRule }
  ? ValueOf<R>
  : S extends { readonly fields: infer F extends Readonly<Record<string, PackageFieldRule>> }
    ? { readonly [N in keyof F]?: ValueOf<F[N]> }
    : never;

/**
 * The parsed, valid part of a handoff package. Everything may be absent while it is incomplete. Dates are `YYYY-MM-DD`,
 * an explicit "none" is the text `none`.
 */
export type HandoffPackage = { readonly [S in SectionId]?: SectionValue<Sections[S]> };

type PathsOf<S extends SectionId> = Sections[S] extends { readonly fields: infer F } ? `${S}.${keyof F & string}` : S;
/** `section.field`, or the section alone where the section is one list: `dealContext.whyUs`, `stakeholders`. */
export type FieldPath = { [S in SectionId]: PathsOf<S> }[SectionId];

export interface PackageField
  extends FieldRule,
    Pick<PackageFieldRule, 'hint' | 'asked' | 'fromDeal' | 'inSummary' | 'shareable'> {
  readonly path: FieldPath;
  readonly section: SectionId;
  /** In the default table; a segment may require more or less. */
  readonly required: boolean;
  readonly hint: string;
  readonly pillar?: Pillar;
}

export const sectionIds = Object.keys(packageSections) as readonly SectionId[];

/** Every field of the package in the SOP's order. */
export const packageFields: readonly PackageField[] = sectionIds.flatMap((section) => {
  const rule: SectionRule = packageSections[section];
  const named = rule.field ? { [section]: rule.field } : prefixed(section, rule.fields ?? {});
  return Object.entries(named).map(([path, { optional, ...field }]) => ({
    ...field,
    path: path as FieldPath,
    section,
    required: !optional && field.asked === undefined,
    noFillers: true,
    ...(rule.pillar ? { pillar: rule.pillar } : {}),
  }));
});

function prefixed(
  section: SectionId,
  fields: Readonly<Record<string, PackageFieldRule>>,
): Record<string, PackageFieldRule> {
  return Object.fromEntries(Object.entries(fields).map(([name, rule]) => [`${section}.${name}`, rule]));
}

/** What a playbook says of the package: which fields it requires, how it words them, which segments there are. */
export type PackageRules = Pick<FrozenPlaybook, 'fields' | 'segments' | 'segment'>;

/** The fields of the package as a handoff has them: required, labeled and hinted as its playbook says. */
export function packageFieldsOf({ fields }: Pick<PackageRules, 'fields'>): readonly PackageField[] {
  const known = resolved.get(fields);
  if (known) return known;
  const found = packageFields.map((field): PackageField => ({ ...field, ...fields[field.path] }));
  resolved.set(fields, found);
  return found;
}

/** One page or mail asks several times for the fields of one playbook. */
const resolved = new WeakMap<PackageRules['fields'], readonly PackageField[]>();

/** What a package, as received or parsed, says at a field's path. */
export function answerAt(pkg: unknown, path: FieldPath): unknown {
  const [section = '', name] = path.split('.');
  const said = recordOf(pkg)[section];
  return name === undefined ? said : recordOf(said)[name];
}

/** The package with the answer at a path replaced; taken out when it is undefined. */
export function withAnswer(pkg: unknown, path: FieldPath, answer: unknown): Readonly<Record<string, unknown>> {
  const [section = '', name] = path.split('.');
  if (name === undefined) return withMember(pkg, section, answer);
  return withMember(pkg, section, withMember(recordOf(pkg)[section], name, answer));
}

function withMember(record: unknown, name: string, value: unknown): Readonly<Record<string, unknown>> {
  const { [name]: _, ...others } = recordOf(record);
  return value === undefined ? others : { ...others, [name]: value };
}

/** Most bytes of a package as JSON: a DynamoDB item holds 400 KB with everything around it, and writes are billed by size. */
export const largestPackage = 200_000;
/** Bytes of a package as JSON. */
export const sizeOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value) ?? '').length;

/**
 * The package small enough to store: over-long texts are cut and marked (so that `checkPackage` asks for a shorter one; the
 * full text stays in the CRM), all of them to 20,000 characters, and further while the whole is too large.
 * Undefined when cutting texts does not help.
 */
export function fitPackage(pkg: unknown): unknown {
  for (let most = longestText; most >= 50; most = Math.floor(most / 2)) {
    const fitted = cutTexts(pkg, most);
    if (sizeOf(fitted) <= largestPackage) return fitted;
  }
  return undefined;
}

/** Most characters of an optional note, where its field or its column says. */
const longestNotes = { text: 500, longText: longestText, people: 2000 } as const;

/**
 * The package with every optional note short enough for its field, and which were cut: a note that nobody had to write holds
 * nothing up because it is long. `rules`: the fields as they are asked for.
 */
export function withShortNotes(pkg: Readonly<Record<string, unknown>>): {
  readonly package: unknown;
  readonly cut: readonly string[];
} {
  const cut: string[] = [];
  const shorter = (note: unknown, most: number, path: string): unknown => {
    if (typeof note !== 'string' || note.length <= most) return note;
    cut.push(path);
    return startOf(note, most);
  };
  const fitted = packageFields.reduce<unknown>((so, { path, kind, max, required }) => {
    const answer = answerAt(so, path);
    if (answer === undefined) return so;
    if (kind === 'stakeholders' && Array.isArray(answer))
      return withAnswer(
        so,
        path,
        answer.map((person, i) =>
          withNotes(person, (notes) => shorter(notes, longestNotes.people, `${path}[${i}].notes`)),
        ),
      );
    if (required || (kind !== 'text' && kind !== 'longText')) return so;
    return withAnswer(so, path, shorter(answer, max ?? longestNotes[kind], path));
  }, pkg);
  return { package: fitted, cut };
}

const withNotes = (person: unknown, change: (notes: unknown) => unknown): unknown =>
  isRecord(person) && person['notes'] !== undefined ? { ...person, notes: change(person['notes']) } : person;

function cutTexts(value: unknown, most: number): unknown {
  if (typeof value === 'string') return cutText(value, most);
  if (Array.isArray(value)) return value.map((item) => cutTexts(item, most));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cutTexts(member, most)]));
}

/** Paths in a received package that no field has: unknown names, and sections that are no object of fields. */
export function unknownMembers(pkg: unknown): readonly string[] {
  return Object.entries(recordOf(pkg)).flatMap(([section, said]) => {
    const rule: SectionRule | undefined = Object.hasOwn(packageSections, section)
      ? packageSections[section as SectionId]
      : undefined;
    if (rule?.field || said === null) return [];
    if (!rule?.fields || !isRecord(said)) return [excerpt(section)];
    const known = rule.fields;
    return Object.keys(said).flatMap((name) => (Object.hasOwn(known, name) ? [] : [`${section}.${excerpt(name)}`]));
  });
}
