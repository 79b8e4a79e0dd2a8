/** The executions of the state machine: one per handoff, and one per open item, which lives on when the handoff is complete. */
export interface Executions {
  /** Starting the same handoff twice starts one execution. */
  start(handoffId: string): Promise<'started' | 'exists'>;
  /** Starts what asks for an open item until it is settled; `step` is the item's. Twice starts one execution. */
  startItem(handoffId: string, step: string): Promise<'started' | 'exists'>;
  /** Stops the handoff's, or that of one of its open items, if it runs. */
  stop(handoffId: string, reason: string, step?: string): Promise<void>;
}

/** The tasks of waiting executions. A token that is no longer good does no harm: the answer says so. */
export interface Tokens {
  /** Lets the execution go on. `goesOn`: after this answer the flow does, without looking further. */
  wake(token: string, answer: { readonly goesOn: boolean }): Promise<'woken' | 'gone'>;
  /** Lets the execution ask again: who is asked, or by when, has changed. */
  askAgain(token: string): Promise<'woken' | 'gone'>;
}
