/** A quota as AWS documents it: so many at once, and so many more each second. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

export interface TokenBucket {
  /** Takes `amount` tokens at `now` (virtual milliseconds); false, and nothing is taken, when there are too few. */
  take(amount: number, now: number): boolean;
  /** Takes `amount` tokens in any case; milliseconds until they will all be there, 0 when they are. */
  reserve(amount: number, now: number): number;
}

/** A full bucket. Time must not go back. */
export function createTokenBucket({ burst, perSecond }: BucketSize): TokenBucket {
  let tokens = burst;
  let filledAt: number | undefined;
  const fill = (now: number): void => {
    tokens = Math.min(burst, tokens + ((now - (filledAt ?? now)) * perSecond) / 1000);
    filledAt = now;
  };
  return {
    take: (amount, now) => {
      fill(now);
      if (tokens < amount) return false;
      tokens -= amount;
      return true;
    },
    reserve: (amount, now) => {
      fill(now);
      tokens -= amount;
      return tokens >= 0 ? 0 : Math.ceil((-tokens * 1000) / perSecond);
    },
  };
}

/** How many within the last 24 hours, at most: what was taken a day ago is free again. */
export function createDailyQuota(
  most: number,
): Pick<TokenBucket, 'take'> & { has(amount: number, now: number): boolean } {
  const day = 24 * 3_600_000;
  const taken: { readonly at: number; readonly amount: number }[] = [];
  let first = 0;
  let sum = 0;
  const has = (amount: number, now: number): boolean => {
    for (let oldest = taken[first]; oldest && oldest.at <= now - day; oldest = taken[first]) {
      sum -= oldest.amount;
      first += 1;
    }
    return sum + amount <= most;
  };
  return {
    has,
    take: (amount, now) => {
      if (!has(amount, now)) return false;
      sum += amount;
      taken.push({ at: now, amount });
      return true;
    },
  };
}
