import type { HandoffRecord } from '../../functions/domain/handoff/handoff.ts';
import { briefOf, checkedPackage } from '../../functions/domain/handoff/handoff-package.ts';
import type { Link } from '../../functions/domain/handoff/link.ts';
import { planOf } from '../../functions/domain/handoff/standing-plan.ts';
import { type StepView, viewStep } from '../../functions/domain/step/step-view.ts';
import { briefPage } from '../../functions/pages/brief-page.ts';
import * as outcome from '../../functions/pages/outcome-pages.ts';
import { planPage } from '../../functions/pages/plan-page.ts';
import { type StepPageOptions, stepPage } from '../../functions/pages/step-page.ts';
import { roster } from './deals.ts';
import { anna, calendarOf, handoffRecord, lena, linkTo, people, site, stepRecord } from './handoff-record.ts';

/** What somebody with bad intent would type. */
export const hostile = '"><script>alert(1)</script><img src=x onerror=y> & \'';
export const options: StepPageOptions = { path: '/s/AbC', nonce: 'n0nce' };

/** What the page behind a link shows. */
export function view(record: HandoffRecord, link: Link): StepView {
  const { gaps } = checkedPackage(record);
  const seen = viewStep({ record, link, people, roster: roster(), gaps, at: '2026-11-20T15:00:00Z', calendarOf, site });
  if (!seen) throw new Error('There is no such page.');
  return seen;
}
export const review = handoffRecord({ steps: [stepRecord('review-brief')] });
export const incomplete = handoffRecord({
  sample: 'incomplete',
  steps: [stepRecord('complete-package', { owner: anna })],
});
export const introduce = handoffRecord({ steps: [stepRecord('introduce-customer')] });

/** A page of every kind there is, by a name for it, with hostile text wherever people may have typed some. */
export function pageKinds(): Readonly<Record<string, string>> {
  const moved = handoffRecord({ steps: [stepRecord('review-brief', { owner: anna })] });
  const decision = { choice: 'accept', by: lena, as: 'owner', at: '2026-11-23T10:00:00Z', evidence: {} } as const;
  return {
    step: stepPage(view(review, linkTo('review-brief', lena)), options),
    readOnly: stepPage(view(moved, linkTo('review-brief', lena)), options),
    brief: briefPage({ brief: briefOf(incomplete, people) }, { site, back: '/s/AbC' }),
    awkwardBrief: briefPage(
      { brief: briefOf(handoffRecord({ sample: 'awkward-text' }), people) },
      { site, back: '/s/AbC' },
    ),
    plan: planPage(
      { plan: { customer: hostile, text: planOf(review).text, notes: [hostile] } },
      { site, back: '/s/AbC' },
    ),
    emptyPlan: planPage(
      { plan: { customer: 'Ana', text: planOf({ ...review, package: {} }).text, notes: [] } },
      { site, back: '/s/AbC' },
    ),
    editedPlan: planPage(
      { plan: { customer: 'Ana', text: `${hostile}\n\n- ${hostile}\n\nGoals\n- one\n\n\n`, notes: [] } },
      { site, back: '/s/AbC' },
    ),
    floor: stepPage(view({ ...introduce, package: {} }, linkTo('introduce-customer', lena)), options),
    confirmation: outcome.confirmationPage({
      site,
      heading: hostile,
      customer: hostile,
      next: hostile,
      details: [hostile],
      back: '/s/AbC',
    }),
    decided: outcome.alreadyDecidedPage({
      site,
      customer: hostile,
      title: hostile,
      decision,
      by: hostile,
      choice: hostile,
      zone: 'Europe/Berlin',
      brief: '/s/AbC/brief',
      plan: '/s/AbC/plan',
    }),
    decidedByReader: outcome.alreadyDecidedPage({
      site,
      customer: 'Ana',
      title: 'Review the brief',
      decision,
      by: 'Lena Vogt',
      isOwn: true,
      choice: 'Accept',
      zone: 'Europe/Berlin',
    }),
    decidedThenCanceled: outcome.alreadyDecidedPage({
      site,
      customer: 'Ana',
      title: 'Review the brief',
      state: { status: 'cancelled', reason: `Deal cancelled: ${hostile}`, endedAt: '2026-11-24T10:00:00Z' },
      decision,
      by: 'Lena Vogt',
      isOwn: true,
      choice: 'Accept',
      zone: 'Europe/Berlin',
    }),
    unanswered: outcome.alreadyDecidedPage({
      site,
      customer: 'Ana',
      title: 'Rate',
      decision: { ...decision, choice: 'unanswered', by: 'system', as: 'system' },
      by: 'system',
      choice: 'unanswered',
      zone: 'Europe/Berlin',
    }),
    expired: outcome.expiredPage({ site, path: '/s/AbC', nonce: 'n' }),
    freshLinkSent: outcome.freshLinkSentPage({ site }),
    unknown: outcome.unknownLinkPage({ site }),
    closed: outcome.handoffClosedPage({
      site,
      customer: hostile,
      state: { status: 'cancelled', reason: `Deal cancelled: ${hostile}`, endedAt: '2026-11-23T10:00:00Z' },
      zone: 'Europe/Berlin',
    }),
    stale: outcome.stalePage({ site, path: '/s/AbC', what: hostile }),
    refused: outcome.refusedPage({ site, why: hostile }),
  };
}
