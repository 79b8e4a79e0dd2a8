import { describe, expect, it } from 'vitest';
import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import { type Variant, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { repeatable } from '../../infra/local/burst/deals.ts';
import type { Manner } from '../../infra/local/play/script.ts';
import { playbookProblems } from '../../statemachines/laws/playbook-laws.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { type PlayedVariant, playVariant } from '../support/playbooks/play-variant.ts';
import { back, randomNames, renamePlaybook } from '../support/playbooks/rename.ts';
import { calendarText, slipFinder, visible } from '../support/playbooks/slips.ts';
import { tiny } from '../support/playbooks/tiny.ts';

const playbooks: readonly Playbook[] = [...Object.values(shippedPlaybooks), tiny];
const manners: readonly Manner[] = ['prompt', 'late', 'silent'];

interface Case {
  readonly title: string;
  readonly playbook: Playbook;
  readonly variant: Variant;
  readonly manner: Manner;
}

const cases: readonly Case[] = playbooks.flatMap((playbook) =>
  variantsOf(playbook).flatMap((variant) =>
    manners.map((manner) => ({
      title: `${playbook.name} (${Object.values(variant).join(', ')}), people ${manner}`,
      playbook,
      variant,
      manner,
    })),
  ),
);

/** Each case is played once, by the first test that looks at it. */
const plays = new Map<Case, Promise<PlayedVariant>>();
function played(each: Case): Promise<PlayedVariant> {
  const play = plays.get(each) ?? playVariant(each.playbook, each.variant, each.manner);
  plays.set(each, play);
  return play;
}

describe.each(cases)('$title', (each) => {
  const { playbook, variant, manner } = each;
  const slipsIn = slipFinder(playbook, playbooks);

  it('comes to its end, and nobody is kept from doing what they want', async () => {
    const { execution, record, mishaps, failures } = await played(each);
    expect(mishaps).toEqual([]);
    expect(failures).toEqual([]);
    expect(record.playbook).toMatchObject({ name: playbook.name, ...variant });
    const complete = { execution: 'SUCCEEDED', status: 'complete' };
    const ends = manner === 'silent' ? [complete, { execution: 'FAILED', status: 'abandoned' }] : [complete];
    expect(ends).toContainEqual({ execution, status: record.state.status });
  });

  it('asks for every step that nothing passes over, and gets an answer to it', async () => {
    const { steps, playbook: rules } = (await played(each)).record;
    const asked = askSteps(rules).flatMap(({ id, rule }) => (rule.optional || rule.names ? [] : [id]));
    const answered = Object.values(steps).flatMap(({ step, decision }) => (decision ? [step] : []));
    if (manner === 'silent') expect(asked).toEqual(expect.arrayContaining(answered));
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

/** Late people see most mails; the overlays of industries have few names. */
const renamed = cases.filter(({ manner, variant }) => manner === 'late' && variant.industry === undefined);

describe.each(renamed)('$title, under names drawn at random', (each) => {
  const { playbook, variant, manner } = each;
  const mailsOf = ({ mails }: PlayedVariant) =>
    mails.map(({ at, recipients, tags }) => `${at} ${tags['kind']} ${recipients}`).sort();

  it('sends the same mails to the same people at the same time, and comes to the same end', async () => {
    const names = randomNames(playbook, repeatable(20_261_120));
    const other = renamePlaybook(playbook, names);
    expect(playbookProblems(other)).toEqual([]);
    const [before, after] = [await played(each), await playVariant(other, variant, manner)];
    expect(Object.keys(after.record.steps).filter((id) => id in playbook.steps)).toEqual([]);
    expect(mailsOf(after)).toEqual(mailsOf(before));
    expect(after.execution).toBe(before.execution);
    const { measures, ...state } = after.record.state;
    const oldName = back(names.steps);
    expect({ ...state, playbookHash: before.record.state.playbookHash }).toEqual({
      ...before.record.state,
      measures: undefined,
    });
    expect(
      measures && {
        ...measures,
        lateSteps: measures.lateSteps.map(oldName).sort(),
        reachedOwnerLate: measures.reachedOwnerLate.map(oldName).sort(),
      },
    ).toEqual(sorted(before.record.state.measures));
  });
});

const sorted = (measures: PlayedVariant['record']['state']['measures']) =>
  measures && {
    ...measures,
    lateSteps: measures.lateSteps.toSorted(),
    reachedOwnerLate: measures.reachedOwnerLate.toSorted(),
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
