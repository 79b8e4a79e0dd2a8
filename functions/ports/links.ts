import type { Link } from '../domain/handoff/link.ts';

/** The links in mails, by the hash of their id. */
export interface Links {
  store(hash: string, link: Link): Promise<void>;
  /** `maybeStale`: as in `Handoffs`. */
  find(hash: string, options?: { readonly maybeStale?: boolean }): Promise<Link | undefined>;
}
