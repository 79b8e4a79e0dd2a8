import { describe, expect, it } from 'vitest';
import type { LadderRule, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { tiny } from '../../support/playbooks/tiny.ts';
import { type Broken, call, saying, small, sound, unchecked, withSegment } from './changed-playbook.ts';

const without = (member: keyof typeof call) => {
  const { [member]: _, ...rest } = call;
  return small({ call: unchecked(rest) });
};
const { salesManager: _, ...fewRoles } = sound.roles;
const notes = { name: 'notes', label: 'Notes', kind: 'text' };
const ladder: LadderRule = { rungs: [], afterwards: { nagEvery: '7 days' } };

const missing: Broken = {
  'a role': [small({ call }, { roles: unchecked(fewRoles) }), '"roles" does not say "salesManager".'],
  'the owner of a step': [without('owner'), '"call" does not say "owner".'],
  'the due rule of a step': [without('due'), '"call" does not say "due".'],
  'the choices of a step': [without('choices'), '"call" does not say "choices".'],
  'when a rung is reached': [
    small(
      { call },
      { ladders: { plain: { ...ladder, rungs: [unchecked({ kind: 'breach', when: {}, tell: ['owner'] })] } } },
    ),
    'A rung of the ladder "plain", "when", says none of "after", "beforeDue", or "afterDue".',
  ],
  'the end of a ladder': [
    small({ call }, { ladders: { plain: { ...ladder, afterwards: unchecked({}) } } }),
    'The ladder "plain", "afterwards", says none of "nagEvery" or "unansweredAfterDue".',
  ],
  'the evidence of a choice in a segment': [
    withSegment({
      steps: { 'introduce-by-phone': { choices: [unchecked({ id: 'called', label: 'Called' })] } },
    }),
    'In the segment "enterprise": "introduce-by-phone", choice "called", does not say "evidence".',
  ],
};

const shapes: Broken = {
  'the name of a ladder that every table seems to have': [
    saying({ ladder: 'constructor' }),
    '"call", "ladder": "constructor" cannot be a name.',
  ],
  'the name of a step that every table seems to have': [
    small({ valueOf: call }, { flow: [] }),
    '"valueOf": "valueOf" cannot be a name.',
  ],
  'a segment that every table seems to have': [
    small({ call }, { fallbackSegment: 'toString' }),
    '"fallbackSegment": "toString" cannot be a name.',
  ],
  'a choice without an id': [
    saying({ choices: [{ label: 'Called', evidence: [] }] }),
    '"call", choice 1, does not say "id".',
  ],
  'a text that is a number': [saying({ title: 5 }), '"call", "title": 5 is no text.'],
  'a text that says nothing': [saying({ what: ' ' }), '"call", "what": " " is no text.'],
  'a number that is a text': [small({ call }, { linkDays: unchecked('30') }), '"linkDays": "30" is no number.'],
  'a yes or no that is a text': [
    saying({ choices: [{ id: 'called', label: 'Called', evidence: [{ ...notes, required: 'yes' }] }] }),
    '"call", choice "called", field "notes", "required": "yes" is neither true nor false.',
  ],
  'a mark that says no': [saying({ optional: false }), '"call", "optional": false is not true: leave it out instead.'],
  'a list that is none': [saying({ choices: {} }), '"call", "choices": {} is no list.'],
  'a table that is none': [saying({ due: '1 day' }), '"call", "due": "1 day" is no table.'],
  'overlays that are a list': [small({ call }, { industries: unchecked([]) }), '"industries": [] is no table.'],
  'a span that is no text': [
    saying({ due: { after: 'closedWon', within: 24 } }),
    `"call", "due", "within": "24" is not a due rule: '24 hours', '24 elapsed hours', '3 business days', '14 days', '-90 days', '3 months' or 'same day'.`,
  ],
};

describe('the laws of shapes', () => {
  it.each(Object.entries(missing))('refuse a playbook that leaves out %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });

  it.each(Object.entries(shapes))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});

type Path = readonly (string | number)[];

/** The place of everything in a table. */
const pathsIn = (said: unknown): readonly Path[] =>
  typeof said === 'object' && said !== null
    ? Object.entries(said).flatMap(([key, value]) => [[key], ...pathsIn(value).map((path) => [key, ...path])])
    : [];

/** The table with something else at a place; undefined takes it out. */
function withSaid(said: unknown, [key, ...path]: Path, instead: unknown): unknown {
  if (key === undefined) return instead;
  const entries = Object.entries(said as object).flatMap(([name, value]) => {
    const now = name === key ? withSaid(value, path, instead) : value;
    return now === undefined ? [] : [[name, now] as const];
  });
  return Array.isArray(said) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

describe('a playbook with something out of place', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'nonsense'],
    ['a name that every table seems to have', 'constructor'],
    ['a number', 7],
    ['an empty list', []],
    ['an empty table', {}],
  ])('is judged and never throws: %s', (_, instead) => {
    for (const path of pathsIn(tiny)) {
      const changed = unchecked<Playbook>(withSaid(tiny, path, instead));
      expect(() => playbookProblems(changed), path.join('/')).not.toThrow();
    }
  });
});
