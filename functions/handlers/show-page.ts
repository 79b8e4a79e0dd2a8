import { answer, type HttpAnswer, type HttpEvent, linkIdOf, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { briefPage } from '../pages/brief-page.ts';
import { outcomePage } from '../pages/outcome-page.ts';
import { openLinkUses, showPage } from '../verbs/open-link.ts';
import { pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';
import { showBrief, showBriefUses } from '../verbs/show-brief.ts';

const uses = [...openLinkUses, ...showBriefUses, ...pageNonceUses, 'site'] as const;

/** `GET /s/{link}` and `GET /s/{link}/brief`: shows, and changes nothing. */
export const showPageHandler = stack('show-page', uses, (world) => {
  const [show, brief] = [showPage(world), showBrief(world)];
  return async (event: HttpEvent): Promise<HttpAnswer> => {
    const [linkId, at] = [linkIdOf(event), timeOf(event)];
    const { site } = world;
    const path = `/s/${linkId}`;
    const page = { path, nonce: pageNonce(world, linkId, at), site, at, submitted: false };
    if (!event.rawPath.endsWith('/brief')) return answer(outcomePage(await show({ linkId, at }), page));
    const found = await brief({ linkId, at });
    if (!found) return answer(outcomePage({ kind: 'unknown-link' }, page));
    return answer({ status: 200, html: briefPage(found, { site, back: path }) });
  };
});

export const handler = onLambda(showPageHandler);
