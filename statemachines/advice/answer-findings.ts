import { askSteps, choiceOf } from '../../functions/domain/playbook/capabilities.ts';
import { freezePlaybook, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import type { Finding } from './findings.ts';

/** Negative answers are not done (S2): a no that is given for the last time, and leaves nobody anything to do. */
export const answerFindings = (playbook: Playbook): readonly Finding[] =>
  variantsOf(playbook).flatMap((variant) =>
    askSteps(freezePlaybook(playbook, variant)).flatMap(({ id, rule }): readonly Finding[] => {
      const no = choiceOf(rule, rule.repeat?.choice);
      if (!no || no.negative) return [];
      return [
        {
          rule: 'lost-no',
          about: [id],
          sentence: `After the last "${no.label}", "${id}" is not asked again, and nobody has anything left to do about it.`,
          remedy: `Say what that leaves to do ("negative" of the choice "${no.id}"): it becomes an open item.`,
        },
      ];
    }),
  );
