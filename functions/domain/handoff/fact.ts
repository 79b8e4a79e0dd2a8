/** One thing to know, with what it is called. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}
