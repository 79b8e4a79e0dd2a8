import type * as z from 'zod/mini';
import type { dealFields } from './deal-fields.ts';
import type { HandoffPackage } from './package.ts';

type Facts = z.input<z.ZodMiniObject<ReturnType<typeof dealFields>>>;

/**
 * The event `Deal Closed Won`, for whoever writes it in TypeScript: `npm run schema` prints the same as JSON Schema. A package may be
 * incomplete: what it lacks is asked for.
 */
export interface WonDealEvent {
  readonly source: 'handoff.crm';
  readonly 'detail-type': 'Deal Closed Won';
  /** When it happened, ISO 8601 with Z or an offset. */
  readonly time?: string;
  readonly detail: Facts & { readonly package?: HandoffPackage };
}
