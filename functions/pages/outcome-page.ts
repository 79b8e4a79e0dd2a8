import { customerOf, type HandoffRecord } from '../domain/handoff/handoff.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import { hasPlan } from '../domain/handoff/standing-plan.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import type { MailPreview } from '../domain/messages/mail-preview.ts';
import { calledOff } from '../domain/playbook/capabilities.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { draftPage } from './draft-page.ts';
import type { Framed } from './headers.ts';
import { framedIn } from './mail-preview.ts';
import {
  alreadyDecidedPage,
  confirmationPage,
  draftEndedPage,
  draftSignedPage,
  expiredPage,
  freshLinkSentPage,
  handoffClosedPage,
  leftPage,
  stalePage,
  unknownLinkPage,
} from './outcome-pages.ts';
import { isScripted, stepPage } from './step-page.ts';

export interface Page {
  readonly status: number;
  readonly html: string;
  /** Whether the page has the script, which its headers must allow. */
  readonly isScripted?: boolean;
  /** What it shows in frames. */
  readonly framed?: Framed;
}

export interface PageRequest {
  /** Of the link: `/s/<id>`. */
  readonly path: string;
  /** For the forms on the page. */
  readonly nonce: string;
  readonly site: SiteFacts;
  readonly at: Instant;
  /** Whether somebody has just submitted a form. */
  readonly submitted: boolean;
  /** The emails that the choices of the page would send to the customer, by choice. */
  readonly previews?: ReadonlyMap<string, readonly MailPreview[]>;
}

/** How a step ends beside the choices of its playbook. */
const endings: Readonly<Record<string, string>> = { skipped: 'Left out', [calledOff]: 'The meeting was called off' };

/** What a link led to, as a page with its HTTP status. */
export function outcomePage(outcome: StepOutcome, request: PageRequest): Page {
  const { path, nonce, site } = request;
  // With a canceled handoff its links end, those to read among them.
  const readable = (record: HandoffRecord) => record.state.status !== 'cancelled';
  const briefFor = (record: HandoffRecord) => (readable(record) ? `${path}/brief` : undefined);
  const planFor = (record: HandoffRecord) => (readable(record) && hasPlan(record) ? `${path}/plan` : undefined);
  switch (outcome.kind) {
    case 'unknown-link':
      return { status: 404, html: unknownLinkPage({ site }) };
    case 'expired':
      return { status: 410, html: expiredPage({ site, path, nonce }) };
    case 'draft': {
      const { view, refused, saved } = outcome;
      return {
        status: refused && !refused.arranged ? 422 : 200,
        isScripted: view.packageForm !== undefined,
        html: draftPage(view, { path, nonce, ...(refused && { refused }), ...(saved !== undefined && { saved }) }),
      };
    }
    case 'draft-signed':
      return { status: request.submitted ? 409 : 200, html: draftSignedPage({ site, path, ...outcome }) };
    case 'draft-ended':
      return { status: request.submitted ? 409 : 200, html: draftEndedPage({ site, ...outcome }) };
    case 'left':
      return { status: 410, html: leftPage({ site }) };
    case 'fresh-link-sent':
      return { status: 200, html: freshLinkSentPage({ site }) };
    case 'stale':
      return { status: 409, html: stalePage({ site, path, ...outcome }) };
    case 'closed': {
      const { record, zone, typed, notes } = outcome;
      const customer = customerOf(record);
      return {
        status: request.submitted ? 409 : 200,
        html: handoffClosedPage({
          site,
          customer,
          state: record.state,
          zone,
          brief: briefFor(record),
          plan: planFor(record),
          typed,
          notes,
        }),
      };
    }
    case 'decided': {
      const { record, step, decision, by, isOwn, still, isExpired, zone, typed, notes } = outcome;
      const rule = ruleIn(record, step);
      const choice =
        rule.choices.find(({ id }) => id === decision.choice)?.label ?? endings[decision.choice] ?? decision.choice;
      return {
        status: request.submitted ? 409 : 200,
        html: alreadyDecidedPage({
          site,
          customer: customerOf(record),
          title: rule.title,
          state: record.state,
          decision,
          by,
          isOwn,
          still,
          ...(!isExpired && { goOn: { path, nonce } }),
          choice,
          zone,
          brief: briefFor(record),
          plan: planFor(record),
          typed,
          notes,
        }),
      };
    }
    case 'confirmed': {
      const { heading, next, customer, details, open, nextSteps = [] } = outcome;
      return {
        status: 200,
        html: confirmationPage({ site, heading, next, customer, details, nextSteps, ...(open && { back: path }) }),
      };
    }
    case 'step': {
      const { view, refused, saved } = outcome;
      const { previews = new Map<string, readonly MailPreview[]>() } = request;
      const documents = framedIn([...previews.values()].flat(), site);
      return {
        status: refused && !refused.arranged ? 422 : 200,
        isScripted: isScripted(view),
        html: stepPage(view, {
          path,
          nonce,
          previews,
          ...(refused && { refused }),
          ...(saved !== undefined && { saved }),
        }),
        ...(documents.length > 0 && { framed: { documents, logo: site.logo } }),
      };
    }
  }
}
