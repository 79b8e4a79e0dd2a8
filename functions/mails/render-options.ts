import type { SiteFacts } from '../domain/handoff/site.ts';

/** How a mail is rendered. */
export interface RenderOptions {
  readonly site: SiteFacts;
  /** Customers see no trace of the internal process: no footer that links to it. */
  readonly toCustomer?: boolean;
}
