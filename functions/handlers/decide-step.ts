import { answer, answerJson, formOf, isFromOwnPage, linkIdOf, orFailedPage, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { outcomePage } from '../pages/outcome-page.ts';
import { refusedPage } from '../pages/outcome-pages.ts';
import { fieldAnswer } from '../pages/saved-field.ts';
import { pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';
import { previewMails } from '../verbs/preview-mails.ts';
import { takeForm, takeFormUses } from '../verbs/take-form.ts';

const uses = [...takeFormUses, ...pageNonceUses, 'site'] as const;

/**
 * `POST /s/{link}` decides; `/s/{link}/field` saves a field while somebody types on; `/s/{link}/fresh` and `/d/{link}/fresh` mail
 * a fresh link. All only for a form of our own page.
 */
export const decideStepHandler = stack('decide-step', uses, (world) => {
  const take = takeForm(world);
  return orFailedPage(world.site, async (event) => {
    const [linkId, at, form] = [linkIdOf(event), timeOf(event), formOf(event)];
    const path = event.rawPath.replace(/\/(fresh|field)$/, '');
    const { site } = world;
    const refused = { site, path };
    if (!isFromOwnPage(event, site.url))
      return answer({ status: 403, html: refusedPage({ ...refused, why: 'The form did not come from this site.' }) });
    const taken = await take({ linkId, form, at }, { path, sentTo: event.rawPath });
    const why = 'The page was open for too long.';
    if ('typed' in taken) return answer({ status: 403, html: refusedPage({ ...refused, ...taken, why }) });
    const nonce = pageNonce(world, linkId, at);
    const page = { path, nonce, site, at, submitted: true };
    if ('outcome' in taken)
      return answer(outcomePage(taken.outcome, { ...page, previews: await previewMails(world, taken.outcome, at) }));
    return answerJson(fieldAnswer(taken.saved, { sent: form, path, nonce }));
  });
});

export const handler = onLambda(decideStepHandler);
