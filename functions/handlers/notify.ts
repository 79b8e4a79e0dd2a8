import { onLambda, stack } from '../aws/lambda-stack.ts';
import { type Announced, type AnnounceRequest, announceKnowing } from '../verbs/announce.ts';
import { announceInTurn, announceInTurnUses } from '../verbs/announce-in-turn.ts';
import { type Asked, type AskRequest, notify, notifyUses } from '../verbs/notify.ts';

interface Beside {
  /** What somebody is asked at the moment a mail goes out. */
  readonly asks?: Pick<AskRequest, 'step' | 'round'>;
  /** Whether the state catches MailTurn, and comes again at the time that it says. */
  readonly inTurn?: boolean;
}

/** States `Ask to …` and those that send a mail nobody has to answer, or both; also the target of scheduled reminders. */
export const notifyHandler = stack('notify', [...notifyUses, ...announceInTurnUses], (world) => {
  const [ask, tell, tellInTurn] = [notify(world, world.mailTurns), announceKnowing(world), announceInTurn(world)];
  return async (request: AskRequest | (AnnounceRequest & Beside)): Promise<Asked | Announced | (Asked & Announced)> => {
    if (!('say' in request)) return ask(request);
    const { asks, inTurn, ...saying } = request;
    const { handoffId, at } = saying;
    if (inTurn) {
      const told = await tellInTurn(saying);
      return asks ? { ...told, ...(await ask({ handoffId, at, ...asks })) } : told;
    }
    const { known, ...told } = await tell(saying);
    return asks ? { ...told, ...(await ask({ handoffId, at, ...asks }, known)) } : told;
  };
});

export const handler = onLambda(notifyHandler);
