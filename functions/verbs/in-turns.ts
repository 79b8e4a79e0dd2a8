/** Questions that are asked at once. */
const atOnce = 20;

/** Asks for many things, some at once; the answers in the order of the questions. */
export async function inTurns<Asked, Answer>(
  all: readonly Asked[],
  ask: (one: Asked) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let i = 0; i < all.length; i += atOnce) answers.push(...(await Promise.all(all.slice(i, i + atOnce).map(ask))));
  return answers;
}
