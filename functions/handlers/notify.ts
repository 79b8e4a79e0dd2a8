import { onLambda, stack } from '../aws/lambda-stack.ts';
import { type Announced, type AnnounceRequest, announce, announceUses } from '../verbs/announce.ts';
import { type Asked, type AskRequest, notify, notifyUses } from '../verbs/notify.ts';

/** States `Ask to …` and those that send a mail nobody has to answer; also the target of scheduled reminders. */
export const notifyHandler = stack('notify', [...notifyUses, ...announceUses], (world) => {
  const [ask, tell] = [notify(world), announce(world)];
  return (request: AskRequest | AnnounceRequest): Promise<Asked | Announced> =>
    'say' in request ? tell(request) : ask(request);
});

export const handler = onLambda(notifyHandler);
