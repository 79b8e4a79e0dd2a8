import * as z from 'zod';
import { currencyCode } from '../time/formats.ts';
import { dealFields } from './deal-fields.ts';

/** What an event carries that says what became of a customer: an integrator sends it, and `parseOutcome` reads it. */
export const outcomeFields = () => {
  const { dealId, wonEpisode } = dealFields();
  return {
    dealId,
    wonEpisode: wonEpisode.describe(
      'the won episode whose handoff it is about (whole number, default: the one won last)',
    ),
    at: z.iso
      .datetime({ offset: true })
      .exactOptional()
      .describe('when it happened, in ISO 8601 with Z or an offset, or the day (default: the time of the event)'),
    amount: z
      .number()
      .min(0)
      .max(1e12)
      .exactOptional()
      .describe('what was gained, kept or lost with it, in units of the currency (a number, together with "currency")'),
    currency: currencyCode().exactOptional().describe('the currency of the amount, as its ISO 4217 code, such as EUR'),
    reference: z
      .string()
      .min(1)
      .max(200)
      .exactOptional()
      .describe(
        'what it is called where it comes from, such as the id of the renewal deal: sent again under it, it corrects what was sent before',
      ),
  } as const;
};
