import type { FieldPath } from '../functions/domain/deal/package.ts';
import type { Playbook } from '../functions/domain/playbook/playbook.ts';

/** The names that a playbook's tables define; nobody infers further ones from where they are used. */
interface Defined<Step extends string, Meeting extends string, Ladder extends string> {
  readonly step: NoInfer<Step>;
  readonly meeting: NoInfer<Meeting>;
  readonly ladder: NoInfer<Ladder>;
}

/** Fixes the names of a playbook, so that a wrong step, meeting, ladder, field, owner, anchor or duration does not compile. */
export function definePlaybook<const Step extends string, const Meeting extends string, const Ladder extends string>(
  playbook: Playbook<Defined<Step, Meeting, Ladder>, FieldPath> & {
    readonly steps: { readonly [K in Step]: unknown };
    readonly meetings: { readonly [K in Meeting]: unknown };
    readonly ladders: { readonly [K in Ladder]: unknown };
  },
): Playbook<{ step: Step; meeting: Meeting; ladder: Ladder }, FieldPath> {
  return playbook;
}
