import type { Content } from '../../../functions/pages/html.ts';

/** What is said on top of the page that follows an action. */
export interface Said {
  readonly tone: 'good' | 'soon' | 'bad';
  readonly lines: readonly Content[];
}

/** Messages on their way from an action to the page its redirect leads to. Only their numbers go through the address. */
export interface Messages {
  /** Keeps a message and gives the path with its number. */
  carry(said: Said, path: string): string;
  /** The message, once. */
  take(number: string | null): Said | undefined;
}

const kept = 50;

export function createMessages(): Messages {
  const waiting = new Map<string, Said>();
  let last = 0;
  return {
    carry: (said, path) => {
      last += 1;
      waiting.set(String(last), said);
      for (const number of waiting.keys()) if (waiting.size > kept) waiting.delete(number);
      const url = new URL(path, 'http://local');
      url.searchParams.set('said', String(last));
      return `${url.pathname}${url.search}${url.hash}`;
    },
    take: (number) => {
      const said = waiting.get(number ?? '');
      waiting.delete(number ?? '');
      return said;
    },
  };
}
