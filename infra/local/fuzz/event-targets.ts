import fc from 'fast-check';
import { secretsIn } from '../../../functions/aws/crm-secrets.ts';
import { type Deal, parseDealEvent, parseDealStopped } from '../../../functions/domain/deal/deal.ts';
import { parseOutcome } from '../../../functions/domain/deal/outcome-event.ts';
import { parseSaidDeal } from '../../../functions/domain/deal/said-deal.ts';
import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import { parseMailEvent } from '../../../functions/domain/handoff/mail-event.ts';
import { CrmAccessRefused } from '../../../functions/ports/errors.ts';
import { sampleDeals } from '../sample-company.ts';
import { readBrokenSamples, readSamples } from '../samples.ts';
import { mutated, mutatedText, personal } from './mutations.ts';
import { soldAt } from './recorded.ts';
import { type FuzzTarget, targetOf } from './target.ts';

/** The events of all sample deals, good and bad, as text. */
const sampleTexts = [...readSamples(sampleDeals), ...readBrokenSamples(new URL('bad/', sampleDeals))].map(
  ({ text }) => text,
);

/** What somebody sends who writes our own events. */
export const ownEvents: readonly unknown[] = sampleTexts.flatMap((text): unknown[] => {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
});

const asType = (detailType: string, more: Readonly<Record<string, unknown>> = {}): readonly unknown[] =>
  ownEvents.map((event) => {
    const { detail } = Object(event);
    return { ...Object(event), 'detail-type': detailType, detail: { ...Object(detail), ...more } };
  });

/** Any event, as it is or as text. */
const events = (samples: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 5, arbitrary: mutated(samples) },
    { weight: 1, arbitrary: mutated(samples).map((event) => JSON.stringify(event)) },
    { weight: 1, arbitrary: mutatedText(sampleTexts) },
  );

type Parsed = { readonly refused: readonly Refusal[] } | { readonly notes: readonly string[] };

/** Whoever reads what was refused, or is odd, has to be told something. */
function parsedProblem(parsed: Parsed): string | undefined {
  if (!('refused' in parsed)) return parsed.notes.length > 21 ? `It has ${parsed.notes.length} notes.` : undefined;
  if (parsed.refused.length === 0) return 'It is refused without a reason.';
  const silent = parsed.refused.find(({ field, problem, remedy }) => [field, problem, remedy].includes(''));
  return silent && `It is refused without a word: ${JSON.stringify(silent)}`;
}

/** What was taken once is taken again. */
function again({ closedWonOn: _, ...deal }: Deal): string | undefined {
  const event = { source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail: deal };
  const parsed = parseDealEvent(JSON.parse(JSON.stringify(event)), deal.closedWonAt);
  if ('refused' in parsed) return `What it was read as is refused: ${JSON.stringify(parsed.refused)}`;
  return parsed.deal.dealId === deal.dealId ? undefined : 'It is read as another deal the second time.';
}

function mailSamples(): readonly unknown[] {
  const timestamp = '2026-11-17T08:30:02.000Z';
  const mail = {
    timestamp,
    messageId: 'ses-1',
    destination: [personal],
    tags: { handoff: ['D-1-1'], kind: ['ask'], step: ['a-step'] },
  };
  const bounce = {
    bounceType: 'Permanent',
    bounceSubType: 'NoEmail',
    bouncedRecipients: [{ emailAddress: personal }],
    timestamp,
  };
  const complaint = { complainedRecipients: [{ emailAddress: personal }], complaintFeedbackType: 'abuse', timestamp };
  return [
    { detail: { eventType: 'Bounce', mail, bounce } },
    { detail: { eventType: 'Complaint', mail, complaint } },
    { detail: { eventType: 'Delivery', mail, delivery: { recipients: [personal], timestamp } } },
    { detail: { eventType: 'Reject', mail, reject: { reason: 'Bad content' } } },
  ];
}

const secretSamples = [{ current: { clientSecret: 'secret-of-ours' }, previous: { clientSecret: 'secret-before' } }];
const secretTexts = mutatedText(secretSamples.map((held) => JSON.stringify(held)));

/** How events about deals, from whoever may put some on the bus, are parsed. */
export const eventTargets: Readonly<Record<string, FuzzTarget>> = {
  'deal-event': targetOf(events(ownEvents), (event) => {
    const parsed = parseDealEvent(event, soldAt);
    return parsedProblem(parsed) ?? ('deal' in parsed ? again(parsed.deal) : undefined);
  }),
  'said-deal': targetOf(
    events([...asType('Deal Changed'), ...asType('Deal Proposed', { expectedCloseOn: '2026-12-01' })]),
    (event) => parsedProblem(parseSaidDeal(event)),
  ),
  'deal-stopped': targetOf(
    events([...asType('Deal Lost', { reason: 'Budget' }), ...asType('Deal Reopened')]),
    (event) => parsedProblem(parseDealStopped(event)),
  ),
  'customer-outcome': targetOf(
    events([
      ...asType('Customer Renewed', { at: '2026-11-20', amount: 24_000, currency: 'EUR', reference: 'R-1' }),
      ...asType('Onboarding Completed'),
    ]),
    (event) => parsedProblem(parseOutcome(event, soldAt)),
  ),
  'mail-event': targetOf(mutated(mailSamples()), (event) => {
    try {
      parseMailEvent(event);
      return undefined;
    } catch (error) {
      const said = error instanceof Error ? error.message : '';
      if (!said.startsWith('SES sent an event that cannot be read')) return `It throws ${said}`;
      return said.includes(personal) ? `Its error names somebody: ${said}` : undefined;
    }
  }),
  'crm-secrets': targetOf(
    fc.oneof(
      mutated(secretSamples).map((held) => JSON.stringify(held)),
      secretTexts,
    ),
    (text) => {
      try {
        secretsIn(text, '/handoff/fuzz/crm');
        return undefined;
      } catch (error) {
        if (!(error instanceof CrmAccessRefused)) return 'It throws another error than CrmAccessRefused.';
        return /secret-of-ours|secret-before/.test(error.message)
          ? `Its error tells a secret: ${error.message}`
          : undefined;
      }
    },
  ),
};
