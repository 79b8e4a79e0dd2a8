import type { Announcement } from '../functions/domain/playbook/announcements.ts';
import { anchorNames, type DueRule } from '../functions/domain/playbook/playbook.ts';
import * as say from './expressions.ts';
import { type Block, lambdaTask, type State } from './states.ts';

/** The variable with the opening times that the nearest announcement returns; it does so only if somebody uses them. */
export interface Scope {
  opens?: { readonly variable: string; used: boolean };
  /** Whether nobody has been waited for so far: many handoffs that begin at one moment come here at one moment. */
  begins?: boolean;
}

interface Opening {
  readonly step: string;
  readonly opens: DueRule;
  /** Under which the announcement says when. */
  readonly key: string;
  /** In the name of the state. */
  readonly called: string;
  readonly assign?: State;
}

/** Waits until a step opens: an announcement before it found out when. */
export function waitFor({ step, opens, key, called, assign }: Opening, scope: Scope): Block {
  if (!scope.opens)
    throw new Error(`"${step}" opens ${opens.within} after "${opens.after}", but no mail before it finds out when.`);
  scope.opens.used = true;
  const times = scope.opens.variable;
  const name = `Wait ${opens.within} after ${anchorNames[opens.after]} (${called})`;
  return {
    start: name,
    states: (next) => ({
      [name]: {
        Type: 'Wait',
        Timestamp: say.jsonata(say.opensAt(times, key)),
        ...(assign && { Assign: assign }),
        ...next,
      },
    }),
  };
}

/**
 * Sends a mail that nobody has to answer. What is asked at the same moment is asked by the same call, which saves a state: its
 * wait comes next, and asks again from there. What many handoffs send at one moment takes turns when the mail service is too busy.
 */
export function tellTask(
  step: string,
  tell: { say: Announcement; state: string },
  { opens, begins }: Scope = {},
): Block {
  const turn = `Wait for a turn at SES (${tell.say})`;
  return {
    start: tell.state,
    ...(begins && { only: say.isToldByItself(`${step}/${tell.say}`) }),
    states: (next, { asks } = {}) => ({
      [tell.state]: {
        ...lambdaTask({
          comment: `Sends the mail "${tell.say}"${asks ? ', then asks for what comes next' : ''}.`,
          functionArn: '${NotifyFunctionArn}',
          payload: { step, say: tell.say, ...(begins && { inTurn: true }), ...(asks && { asks: asks.payload }) },
        }),
        ...(begins && {
          Catch: [{ ErrorEquals: ['MailTurn'], Output: { turnAt: say.jsonata(say.turnGiven) }, Next: turn }],
        }),
        ...(opens?.used && { Assign: { [opens.variable]: say.jsonata(say.payloadMember('opens')) } }),
        Output: asks ? { nextAt: say.jsonata(say.nextAtOrNow) } : {},
        ...(asks ? { Next: asks.wait } : next),
      },
      ...(begins && {
        [turn]: {
          Type: 'Wait',
          Comment: 'The mail service takes no more this second: others are before this mail.',
          Timestamp: say.jsonata(say.turnAt),
          Output: {},
          Next: tell.state,
        },
      }),
    }),
  };
}
