import { answer, linkIdOf, orFailedPage, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { briefPage } from '../pages/brief-page.ts';
import { outcomePage } from '../pages/outcome-page.ts';
import { planPage } from '../pages/plan-page.ts';
import { openLinkUses, showPage } from '../verbs/open-link.ts';
import { pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';
import { previewMails } from '../verbs/preview-mails.ts';
import { showBrief, showBriefUses } from '../verbs/show-brief.ts';
import { showPlan, showPlanUses } from '../verbs/show-plan.ts';

const uses = [...openLinkUses, ...showBriefUses, ...showPlanUses, ...pageNonceUses, 'site'] as const;

/** `GET /s/{link}`, `/s/{link}/brief` and `/s/{link}/plan`: shows, and changes nothing. */
export const showPageHandler = stack('show-page', uses, (world) => {
  const [show, brief, plan] = [showPage(world), showBrief(world), showPlan(world)];
  return orFailedPage(world.site, async (event) => {
    const [linkId, at] = [linkIdOf(event), timeOf(event)];
    const { site } = world;
    const path = `/s/${linkId}`;
    const page = { path, nonce: pageNonce(world, linkId, at), site, at, submitted: false };
    const options = { site, back: path };
    const unknown = () => answer(outcomePage({ kind: 'unknown-link' }, page));
    if (event.rawPath.endsWith('/brief')) {
      const found = await brief({ linkId, at });
      return found ? answer({ status: 200, html: briefPage(found, options) }) : unknown();
    }
    if (event.rawPath.endsWith('/plan')) {
      const found = await plan({ linkId, at });
      return found ? answer({ status: 200, html: planPage(found, options) }) : unknown();
    }
    const outcome = await show({ linkId, at });
    return answer(outcomePage(outcome, { ...page, previews: await previewMails(world, outcome, at) }));
  });
});

export const handler = onLambda(showPageHandler);
