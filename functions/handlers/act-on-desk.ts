import { answer, formOf, isFromOwnPage, leadOn, linkIdOf, orFailedPage, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { textsOf } from '../domain/fields/evidence.ts';
import { deskOutcomePage } from '../pages/desk-outcome-page.ts';
import { refusedPage } from '../pages/outcome-pages.ts';
import { actOnDesk, actOnDeskUses } from '../verbs/act-on-desk.ts';
import { isPageNonce, isPageNonceUses, pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';

const uses = [...actOnDeskUses, ...pageNonceUses, ...isPageNonceUses, 'site'] as const;

/** `POST /d/{link}` acts on a desk: only for a form of our own page. */
export const actOnDeskHandler = stack('act-on-desk', uses, (world) => {
  const act = actOnDesk(world);
  return orFailedPage(world.site, async (event) => {
    const [linkId, at] = [linkIdOf(event), timeOf(event)];
    const [form, path, { site }] = [formOf(event), `/d/${linkId}`, world];
    const refuse = (why: string) => answer({ status: 403, html: refusedPage({ site, path, why }) });
    if (!isFromOwnPage(event, site.url)) return refuse('The form did not come from this site.');
    const isOurs = isPageNonce(world, textsOf(form, 'nonce')[0] ?? '', { linkId, at });
    if (!isOurs) return refuse('The page was open for too long.');
    const outcome = await act({ linkId, form, at });
    if (outcome.kind === 'step') return leadOn(outcome.path);
    return answer(deskOutcomePage(outcome, { path, nonce: pageNonce(world, linkId, at), site }));
  });
});

export const handler = onLambda(actOnDeskHandler);
