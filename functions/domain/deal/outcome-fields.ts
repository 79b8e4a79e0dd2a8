import * as z from 'zod/mini';
import { currencyCode } from '../time/formats.ts';
import { dealFields, line, optional } from './deal-fields.ts';

/** What an event carries that says what became of a customer: an integrator sends it, and `parseOutcome` reads it. */
export const outcomeFields = () => {
  const { dealId, wonEpisode } = dealFields();
  return {
    dealId,
    wonEpisode: wonEpisode.check(
      z.describe('the won episode whose handoff it is about (whole number, default: the one won last)'),
    ),
    at: optional(
      z.iso.datetime({ offset: true }),
      'when it happened, in ISO 8601 with Z or an offset, or the day (default: the time of the event)',
    ),
    amount: optional(
      z.number().check(z.minimum(0), z.maximum(1e12)),
      'what was gained, kept, or lost with it, in units of the currency (a number, together with "currency")',
    ),
    currency: optional(currencyCode(), 'the currency of the amount, as its ISO 4217 code, such as EUR'),
    reference: optional(
      line(200),
      'what it is called where it comes from, such as the id of the renewal deal: sent again under it, it corrects what was sent before',
    ),
  } as const;
};
