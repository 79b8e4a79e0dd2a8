import { onLambda, stack } from '../aws/lambda-stack.ts';
import { type Announced, type AnnounceRequest, announce, announceUses } from '../verbs/announce.ts';
import { type Asked, type AskRequest, notify, notifyUses } from '../verbs/notify.ts';

/** What somebody is asked at the moment a mail goes out. */
type AndAsk = { readonly asks?: Pick<AskRequest, 'step' | 'round'> };

/** States `Ask to …` and those that send a mail nobody has to answer, or both; also the target of scheduled reminders. */
export const notifyHandler = stack('notify', [...notifyUses, ...announceUses, 'mailTurns.take'], (world) => {
  const [ask, tell] = [notify(world, world.mailTurns), announce(world)];
  return async (request: AskRequest | (AnnounceRequest & AndAsk)): Promise<Asked | Announced | (Asked & Announced)> => {
    if (!('say' in request)) return ask(request);
    const { asks, ...saying } = request;
    const told = await tell(saying);
    if (!asks) return told;
    const { handoffId, at } = saying;
    return { ...told, ...(await ask({ handoffId, at, ...asks })) };
  };
});

export const handler = onLambda(notifyHandler);
