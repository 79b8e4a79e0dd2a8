/** The functions of this system, called by who waits for them. */
export interface Functions {
  /** Resolves with what the function answers; rejects with the name and the message of what it throws. */
  call(functionArn: string, event: unknown): Promise<unknown>;
}
