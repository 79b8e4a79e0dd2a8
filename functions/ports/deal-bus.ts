import type { Instant } from '../domain/time/calendar.ts';

/** What is said on the bus. */
export interface BusMessage {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** When it happened, UTC; the bus keeps whole seconds. */
  readonly at: Instant;
}

/** The bus that deals come in on. */
export interface DealBus {
  /** Puts messages on the bus, one after the other. Rejects with ServiceUnavailable where it takes none: those before are on it. */
  put(messages: readonly BusMessage[]): Promise<void>;
}

/** What is too large for the bus, kept until whoever takes the message has read it. */
export interface Claims {
  /** Keeps a text for some days, under a key that is the same for the same text. */
  store(text: string, at: Instant): Promise<string>;
  /** Undefined where it is there no more. */
  read(key: string): Promise<string | undefined>;
}
