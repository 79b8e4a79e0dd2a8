import { describe, expect, it } from 'vitest';
import { freezePlaybook, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import type { FrozenPlaybook } from '../../functions/domain/playbook/playbook.ts';
import { openSlots, slotsIn } from '../../functions/domain/playbook/wording.ts';
import { playbookIn, speaks } from '../../functions/domain/playbook/wording-by-language.ts';
import { knownLanguages } from '../../functions/domain/texts/texts.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';

const others = knownLanguages.filter((language) => language !== 'en');

/** How a language addresses its reader. */
const addressed: Readonly<Record<string, RegExp>> = { de: /\b(du|dich|dir|dein(e|en|em|er|es)?)\b/i };

const cases = Object.entries(shippedPlaybooks).flatMap(([name, playbook]) =>
  others.filter((language) => playbook.languages?.[language]).map((language) => ({ name, playbook, language })),
);

describe('The words of a playbook in another language', () => {
  it('are there for the default playbook in every language that emails are written in', () => {
    expect(cases.filter(({ name }) => name === 'default').map(({ language }) => language)).toEqual(others);
  });

  it.each(cases)('say all that emails say of a step, for every variant: $name, $language', ({ playbook, language }) => {
    const missing = variantsOf(playbook).flatMap((variant) => {
      const frozen = freezePlaybook(playbook, variant);
      const words = frozen.languages?.[language];
      return Object.entries(frozen.steps).flatMap(([id, rule]) => {
        const said = words?.steps[id];
        if (!said) return [id];
        if (rule.kind === 'tell') return [];
        const fields = rule.choices.flatMap(({ evidence }) => evidence);
        return [
          ...(said.ask ? [] : [`${id}: ask`]),
          ...((rule.mail === undefined) === (said.mail === undefined) ? [] : [`${id}: mail`]),
          ...(rule.mail === undefined && !(said.what && said.why) ? [`${id}: what and why`] : []),
          ...(rule.mail?.waits !== undefined && said.mail?.waits === undefined ? [`${id}: waits`] : []),
          ...rule.choices.flatMap((choice) => (said.choices?.[choice.id] ? [] : [`${id}: choice ${choice.id}`])),
          ...rule.choices.flatMap((choice) =>
            choice.negative && !said.negatives?.[choice.id] ? [`${id}: no ${choice.id}`] : [],
          ),
          ...fields.flatMap(({ name, kind, negative }) => [
            // What people wrote is told under the label of its field.
            ...(kind === 'longText' && !said.fields?.[name] ? [`${id}: field ${name}`] : []),
            ...(negative && !(said.negatives?.[name] && said.fields?.[name]) ? [`${id}: no ${name}`] : []),
          ]),
        ];
      });
    });
    expect([...new Set(missing)]).toEqual([]);
  });

  it.each(cases)(
    'speak of nothing that the playbook lacks, with no slot left open: $name, $language',
    ({ playbook, language }) => {
      for (const variant of variantsOf(playbook)) {
        const frozen = freezePlaybook(playbook, variant);
        const spoken = playbookIn(frozen, language);
        for (const [id, rule] of Object.entries(spoken.steps)) {
          expect(openSlots(rule), id).toEqual([]);
          const [before] = [frozen.steps[id]];
          if (rule.kind !== 'ask' || before?.kind !== 'ask') continue;
          const words = playbook.languages?.[language]?.steps[id];
          const ids = before.choices.flatMap((choice) => [choice.id, ...choice.evidence.map(({ name }) => name)]);
          const own = [words?.choices, words?.fields, words?.negatives].flatMap((said) => Object.keys(said ?? {}));
          expect(
            own.filter((name) => !ids.includes(name) && !knownElsewhere(playbook, id, name)),
            id,
          ).toEqual([]);
          // The same is told of the handoff in each language, but what reads better without.
          expect(slotsIn(rule.mail?.subject ?? ''), id).toEqual(slotsIn(before.mail?.subject ?? ''));
        }
        for (const [id, meeting] of Object.entries(spoken.meetings)) {
          expect(playbook.languages?.[language]?.meetings[id]?.agenda, id).toHaveLength(meeting.agenda.length);
          expect(slotsIn(meeting.title)).toEqual(slotsIn(frozen.meetings[id]?.title ?? ''));
        }
      }
    },
  );

  it.each(cases)('address nobody in what managers read, too: $name, $language', ({ playbook, language }) => {
    for (const variant of variantsOf(playbook)) {
      const { steps } = playbookIn(freezePlaybook(playbook, variant), language);
      const said = Object.values(steps).flatMap((rule) =>
        rule.kind === 'ask' ? [rule.title, rule.ask, rule.mail?.waits ?? ''] : [],
      );
      expect(said.filter((text) => addressed[language]?.test(text.replace(/\{\w+\}/g, '')))).toEqual([]);
    }
  });

  it('are missing in handoffs of before: their emails stay in English', () => {
    const { languages: _words, ...rules } = freezePlaybook(shippedPlaybooks.default, { segment: 'standard' });
    const earlier: FrozenPlaybook = rules;
    expect(speaks(earlier, 'de')).toBe(false);
    expect(playbookIn(earlier, 'de')).toBe(earlier);
    expect(speaks(earlier, 'en')).toBe(true);
  });
});

/** A choice of a step that only some overlay gives it. */
const knownElsewhere = (playbook: (typeof cases)[number]['playbook'], step: string, name: string): boolean =>
  variantsOf(playbook).some((variant) => {
    const rule = freezePlaybook(playbook, variant).steps[step];
    return rule?.kind === 'ask' && JSON.stringify(rule.choices).includes(`"${name}"`);
  });
