/** The executions of the state machine, one per handoff. */
export interface Executions {
  /** Starting the same handoff twice starts one execution. */
  start(handoffId: string): Promise<'started' | 'exists'>;
  /** Stops it if it runs. */
  stop(handoffId: string, reason: string): Promise<void>;
}

/** The tasks of waiting executions. A token that is no longer good does no harm: the answer says so. */
export interface Tokens {
  /** Lets the execution go on. */
  wake(token: string): Promise<'woken' | 'gone'>;
  /** Lets the execution ask again: who is asked, or by when, has changed. */
  askAgain(token: string): Promise<'woken' | 'gone'>;
}
