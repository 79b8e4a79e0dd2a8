/** Why something received cannot be used. A refusal is data: it is stored, shown and answered with; nothing is thrown. */
export interface Refusal {
  /** Where, as a path: `detail.customer.name`; `event` for the whole. */
  readonly field: string;
  readonly problem: string;
  /** What the sender can do about it. */
  readonly remedy: string;
}
