import type { AwsError } from './errors.ts';

interface Asked {
  /** How many the caller wants at most, a number or its text; `usual` when left out. */
  readonly limit: unknown;
  /** Where the page before this one ended, in its own words. */
  readonly token: unknown;
  readonly usual: number;
  /** The refusal of a token that this list has not given. */
  readonly wrongToken: () => AwsError;
}

/** One page of a list, and the token of the next one where there is more. */
export function pageOf<T>(
  all: readonly T[],
  { limit, token, usual, wrongToken }: Asked,
): { readonly page: readonly T[]; readonly next: string | undefined } {
  const start = token === undefined || token === null ? 0 : offsetIn(String(token));
  if (start === undefined || start > all.length) throw wrongToken();
  const end = start + (limit === undefined || limit === null ? usual : Number(limit));
  return { page: all.slice(start, end), next: end < all.length ? tokenOf(end) : undefined };
}

const tokenOf = (offset: number): string => Buffer.from(`after ${offset}`).toString('base64url');

function offsetIn(token: string): number | undefined {
  const offset = /^after (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return offset === undefined ? undefined : Number(offset);
}
