import { answer, formOf, isFromOwnPage, linkIdOf, orFailedPage, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { textsOf } from '../domain/fields/evidence.ts';
import { auditPath } from '../domain/reports/report-address.ts';
import { deskOutcomePage } from '../pages/desk-outcome-page.ts';
import { refusedPage } from '../pages/outcome-pages.ts';
import { auditPage, noAuditPage } from '../pages/reports/audit-page.ts';
import { type AuditOutcome, auditQuarterUses, noteInAudit, showAudit } from '../verbs/audit-quarter.ts';
import { isPageNonce, isPageNonceUses, pageNonce, pageNonceUses } from '../verbs/page-nonce.ts';

const uses = [...auditQuarterUses, ...pageNonceUses, ...isPageNonceUses, 'site'] as const;

/** `GET` and `POST /r/{link}/audit/{quarter}`: the audit of a quarter, and the notes on it. Only a form of our own page changes anything. */
export const auditQuarterHandler = stack('audit-quarter', uses, (world) => {
  const [show, note, { site }] = [showAudit(world), noteInAudit(world), world];
  return orFailedPage(site, async (event) => {
    const [linkId, at] = [linkIdOf(event), timeOf(event)];
    const quarter = event.pathParameters?.['quarter'] ?? '';
    const path = auditPath(linkId, quarter);
    const nonce = pageNonce(world, linkId, at);
    const shown = (outcome: AuditOutcome) => {
      if (outcome.kind === 'audit') return answer(auditPage(outcome, { site, linkId, nonce, at }));
      if (outcome.kind !== 'no-audit') return answer(deskOutcomePage(outcome, { path: `/d/${linkId}`, nonce, site }));
      return answer(noAuditPage({ site, linkId }, outcome.keptFrom));
    };
    if (event.requestContext.http?.method !== 'POST') return shown(await show({ linkId, quarter, at }));
    const form = formOf(event);
    const refuse = (why: string) => answer({ status: 403, html: refusedPage({ site, path, why }) });
    if (!isFromOwnPage(event, site.url)) return refuse('The form did not come from this site.');
    const isOurs = isPageNonce(world, textsOf(form, 'nonce')[0] ?? '', { linkId, at });
    if (!isOurs) return refuse('The page was open for too long.');
    return shown(await note({ linkId, quarter, at, form }));
  });
});

export const handler = onLambda(auditQuarterHandler);
