import { describe, expect, it } from 'vitest';
import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import { type Variant, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { repeatable } from '../../infra/local/burst/deals.ts';
import type { Manner } from '../../infra/local/play/script.ts';
import { playbookProblems } from '../../statemachines/laws/playbook-laws.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { courseUnless } from '../support/course.ts';
import { eventfulScript } from '../support/playbooks/eventful-script.ts';
import { type PlayedVariant, playVariant } from '../support/playbooks/play-variant.ts';
import { back, randomNames, renamePlaybook } from '../support/playbooks/rename.ts';
import { calendarText, slipFinder, visible } from '../support/playbooks/slips.ts';
import { tiny } from '../support/playbooks/tiny.ts';

const playbooks: readonly Playbook[] = [...Object.values(shippedPlaybooks), tiny];
/** `eventful`: prompt, and using everything the playbook lets them do besides. */
type People = Manner | 'eventful';
const mannersIn = ({ industry }: Variant): readonly People[] => [
  'prompt',
  'late',
  'silent',
  // What an industry changes has little to do with it.
  ...(industry === undefined ? (['eventful'] as const) : []),
];

interface Case {
  readonly title: string;
  readonly playbook: Playbook;
  readonly variant: Variant;
  readonly people: People;
}

const titleOf = ({ name }: Playbook, variant: Variant, people: People) =>
  `${name} (${Object.values(variant).join(', ')}), people ${people}`;

const cases: readonly Case[] = playbooks.flatMap((playbook) =>
  variantsOf(playbook).flatMap((variant) =>
    mannersIn(variant).map((people) => ({ title: titleOf(playbook, variant, people), playbook, variant, people })),
  ),
);

/** Each case is played once, by the first test that looks at it. */
const plays = new Map<string, Promise<PlayedVariant>>();
function played(each: Omit<Case, 'title'>): Promise<PlayedVariant> {
  const title = titleOf(each.playbook, each.variant, each.people);
  const play = plays.get(title) ?? playOf(each);
  plays.set(title, play);
  return play;
}

/** Who holds which role does not hang on names, so people are those of the original in any case. */
async function playOf({ playbook, variant, people }: Omit<Case, 'title'>): Promise<PlayedVariant> {
  if (people !== 'eventful') return playVariant({ playbook, variant, manner: people });
  const { record } = await played({ playbook, variant, people: 'prompt' });
  return playVariant({ playbook, variant, manner: 'prompt', script: eventfulScript(playbook, record.state.people) });
}

/** Of the shortest playbook all people with a deal of no industry, of the usual one those who are prompt with the usual deal. */
const isPlayedAlways = ({ playbook, variant, people }: Case): boolean =>
  (playbook === tiny && variant.industry === undefined && variant.segment === Object.keys(tiny.segments)[0]) ||
  (playbook === shippedPlaybooks.default &&
    people === 'prompt' &&
    variant.industry === undefined &&
    variant.segment === Object.keys(playbook.segments)[0]);

for (const each of cases)
  describe(each.title, courseUnless(isPlayedAlways(each)), () => {
    const { playbook, variant, people } = each;
    const slipsIn = slipFinder(playbook, playbooks);

    it('comes to its end, and nobody is kept from doing what they want', async () => {
      const { execution, record, mishaps, failures } = await played(each);
      expect(mishaps).toEqual([]);
      expect(failures).toEqual([]);
      expect(record.playbook).toMatchObject({ name: playbook.name, ...variant });
      const complete = { execution: 'SUCCEEDED', status: 'complete' };
      const ends = people === 'silent' ? [complete, { execution: 'FAILED', status: 'abandoned' }] : [complete];
      expect(ends).toContainEqual({ execution, status: record.state.status });
    });

    it('asks for every step that nothing passes over, and gets an answer to it', async () => {
      const { steps, playbook: rules } = (await played(each)).record;
      const asked = askSteps(rules).flatMap(({ id, rule }) =>
        rule.optional || rule.names || rule.settles ? [] : [id],
      );
      const answered = Object.values(steps).flatMap(({ step, decision }) => (decision ? [step] : []));
      if (people === 'silent') expect(asked).toEqual(expect.arrayContaining(answered));
      else expect(answered).toEqual(expect.arrayContaining(asked));
    });

    it('sends mails that say what they mean', async () => {
      const { mails } = await played(each);
      expect(mails.length).toBeGreaterThan(0);
      for (const { subject, text, html, calendar, tags } of mails) {
        const said = [subject, text, visible(html), calendarText(calendar?.text ?? '')].join('\n');
        expect({ ...tags, slips: slipsIn(said) }).toEqual({ ...tags, slips: [] });
      }
    });

    it('shows pages that say what they mean', async () => {
      const { pages } = await played(each);
      expect(pages.length).toBeGreaterThan(0);
      for (const { path, step, seen, status, html } of pages) {
        const known = { path, step, seen };
        expect({ ...known, slips: slipsIn(visible(html)) }).toEqual({ ...known, slips: [] });
        // Old links say that they no longer work.
        const expected = seen === 'when mailed' ? 200 : expect.toBeOneOf([200, 404, 410]);
        expect({ ...known, status }).toEqual({ ...known, status: expected });
      }
    });
  });

/** Late people and eventful ones see every kind of mail between them; the overlays of industries have few names. */
const renamed = cases.filter(
  ({ people, variant }) => (people === 'late' || people === 'eventful') && variant.industry === undefined,
);

for (const each of renamed)
  describe(
    `${each.title}, under names drawn at random`,
    courseUnless(each.playbook === tiny && each.variant.segment === Object.keys(tiny.segments)[0]),
    () => {
      const { playbook } = each;
      const mailsOf = ({ mails }: PlayedVariant) =>
        mails.map(({ at, recipients, tags }) => `${at} ${tags['kind']} ${recipients}`).sort();

      it('sends the same mails to the same people at the same time, and comes to the same end', async () => {
        const names = randomNames(playbook, repeatable(20_261_120));
        const other = renamePlaybook(playbook, names);
        expect(playbookProblems(other)).toEqual([]);
        const [before, after] = [await played(each), await playOf({ ...each, playbook: other })];
        expect(Object.keys(after.record.steps).filter((id) => id in playbook.steps)).toEqual([]);
        expect(mailsOf(after)).toEqual(mailsOf(before));
        expect(after.execution).toBe(before.execution);
        const { measures, ...state } = after.record.state;
        const oldName = back(names.steps);
        expect({ ...state, playbookHash: before.record.state.playbookHash }).toEqual({
          ...before.record.state,
          measures: undefined,
        });
        expect(sorted(measures, oldName)).toEqual(sorted(before.record.state.measures));
      });
    },
  );

/** The measures with their lists of steps in one order, under the names `nameOf` gives them. */
const sorted = (
  measures: PlayedVariant['record']['state']['measures'],
  nameOf: (step: string) => string = (step) => step,
) => {
  const named = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(nameOf).sort()
      : value instanceof Object
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, named(member)]))
        : value;
  return named(measures);
};

describe('what counts as a slip', () => {
  const slipsIn = slipFinder(shippedPlaybooks.agency, playbooks);

  it.each([
    ['There are undefined answers.', ['undefined']],
    ['It takes {least} minutes.', ['{least}']],
    ['Complete-form is due.', ['complete-form']],
    ['The note availability-closes follows.', ['availability-closes']],
    ['The Customer success manager will call.', ['customer success manager']],
    ['The account manager completes the form.', []],
  ])('in "%s"', (text, slips) => {
    expect(slipsIn(text)).toEqual(slips);
  });
});
