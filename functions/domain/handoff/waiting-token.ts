/**
 * How a waiting state wants to be told of an answer: written before its token, whose letters do not include a colon. Where
 * nothing is, any answer lets it go on, and it reads itself what was decided: so do state machines of earlier deploys.
 * `goesOn`: it goes on at once after an answer after which the flow does, and reads any other. `isRead`: it reads every answer,
 * as what comes next hangs on more than the answer.
 */
export const toldApart = { goesOn: 'goes-on:', isRead: 'is-read:' } as const;

/** A token as it stands in the records, apart. */
export function waitingToken(stored: string): { readonly token: string; readonly told?: keyof typeof toldApart } {
  for (const told of ['goesOn', 'isRead'] as const)
    if (stored.startsWith(toldApart[told])) return { token: stored.slice(toldApart[told].length), told };
  return { token: stored };
}
