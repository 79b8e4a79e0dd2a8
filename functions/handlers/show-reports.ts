import { answer, answerCsv, answerText, linkIdOf, orFailedPage, queryOf, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { reportAnswer } from '../pages/reports/report-answer.ts';
import { pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';
import { showReports, showReportsUses } from '../verbs/show-reports.ts';

const uses = [...showReportsUses, ...pageNonceUses, 'site'] as const;

/** `GET /r/{link}` and the pages below it: reports, for whom the link to their desk is, as pages or with `format=csv` as files. */
export const showReportsHandler = stack('show-reports', uses, (world) => {
  const [show, { site }] = [showReports(world), world];
  return orFailedPage(site, async (event) => {
    const [linkId, at, query] = [linkIdOf(event), timeOf(event), queryOf(event)];
    const nonce = pageNonce(world, linkId, at);
    const page = event.pathParameters?.['page'];
    const made = reportAnswer(await show({ linkId, query, at }), { site, linkId, nonce, query, at, page });
    if ('csv' in made) return answerCsv(made);
    return 'text' in made ? answerText(made) : answer(made);
  });
});

export const handler = onLambda(showReportsHandler);
