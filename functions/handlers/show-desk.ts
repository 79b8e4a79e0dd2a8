import { answer, linkIdOf, orFailedPage, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { deskOutcomePage } from '../pages/desk-outcome-page.ts';
import { pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';
import { showDesk, showDeskUses } from '../verbs/show-desk.ts';

const uses = [...showDeskUses, ...pageNonceUses, 'site'] as const;

/** `GET /d/{link}`: shows somebody's desk, and changes nothing but that it notes once a day that it was opened. */
export const showDeskHandler = stack('show-desk', uses, (world) => {
  const show = showDesk(world);
  return orFailedPage(world.site, async (event) => {
    const [linkId, at] = [linkIdOf(event), timeOf(event)];
    const page = { path: `/d/${linkId}`, nonce: pageNonce(world, linkId, at), site: world.site };
    return answer(deskOutcomePage(await show({ linkId, at }), page));
  });
});

export const handler = onLambda(showDeskHandler);
