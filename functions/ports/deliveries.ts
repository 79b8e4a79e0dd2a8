/** What the mail service told of mails that arrived, until it is noted: nobody waits for it. */
export interface Deliveries {
  /** Some of the events that wait, a hundred at most; nobody else gets them for some minutes. None: there are no more. */
  take(): Promise<readonly WaitingDelivery[]>;
  /** They are noted, and do not come again; what is not comes again later, and after some nights waits for a person. */
  noted(receipts: readonly string[]): Promise<void>;
}

/** An event as the bus told it, and what it is given back by. */
export interface WaitingDelivery {
  readonly event: unknown;
  readonly receipt: string;
}
