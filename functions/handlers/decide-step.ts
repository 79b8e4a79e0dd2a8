import { answer, formOf, isFromOwnPage, linkIdOf, orFailedPage, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { textsOf } from '../domain/fields/evidence.ts';
import { outcomePage } from '../pages/outcome-page.ts';
import { refusedPage } from '../pages/outcome-pages.ts';
import { decideStep, decideStepUses, typedOnPage } from '../verbs/decide-step.ts';
import { mailFresh, mailFreshUses } from '../verbs/mail-fresh.ts';
import { isPageNonce, isPageNonceUses, pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';

const uses = [...decideStepUses, ...mailFreshUses, ...pageNonceUses, ...isPageNonceUses, 'site'] as const;

/** `POST /s/{link}` decides; `/s/{link}/fresh` and `/d/{link}/fresh` mail a fresh link. All only for a form of our own page. */
export const decideStepHandler = stack('decide-step', uses, (world) => {
  const [decide, typedOn, fresh] = [decideStep(world), typedOnPage(world), mailFresh(world)];
  return orFailedPage(world.site, async (event) => {
    const [linkId, at] = [linkIdOf(event), timeOf(event)];
    const form = formOf(event);
    const path = event.rawPath.replace(/\/fresh$/, '');
    const { site } = world;
    if (!isFromOwnPage(event, site.url))
      return answer({ status: 403, html: refusedPage({ site, path, why: 'The form did not come from this site.' }) });
    if (!isPageNonce(world, textsOf(form, 'nonce')[0] ?? '', { linkId, at })) {
      const typed = await typedOn({ linkId, form, at });
      return answer({ status: 403, html: refusedPage({ site, path, why: 'The page was open for too long.', typed }) });
    }
    const outcome = event.rawPath.endsWith('/fresh')
      ? await fresh(path, { linkId, at })
      : await decide({ linkId, form, at });
    const nonce = pageNonce(world, linkId, at);
    return answer(outcomePage(outcome, { path, nonce, site, at, submitted: true }));
  });
});

export const handler = onLambda(decideStepHandler);
