import { answer, type HttpAnswer, type HttpEvent, linkIdOf, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { outcomePage } from '../pages/outcome-page.ts';
import { showPage } from '../verbs/open-link.ts';
import { pageNonce } from '../verbs/page-nonce.ts';
import { showBrief } from '../verbs/show-brief.ts';

/** `GET /s/{link}` and `GET /s/{link}/brief`: shows, and changes nothing. */
export const showPageHandler = stack('show-page', (world) => {
  const [show, brief] = [showPage(world), showBrief(world)];
  return async (event: HttpEvent): Promise<HttpAnswer> => {
    const [linkId, at] = [linkIdOf(event), timeOf(event)];
    if (event.rawPath.endsWith('/brief')) return answer(await brief({ linkId, at }));
    const nonce = pageNonce(world, linkId, at);
    const request = { path: `/s/${linkId}`, nonce, site: world.site, at, submitted: false };
    return answer(outcomePage(await show({ linkId, at }), request));
  };
});

export const handler = onLambda(showPageHandler);
