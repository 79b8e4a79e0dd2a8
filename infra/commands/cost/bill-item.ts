/** A line of a bill. */
export interface BillItem {
  readonly item: string;
  /** What is counted of it, e.g. `92 transitions`. */
  readonly counted: string;
  readonly usd: number;
}

export const total = (items: readonly { readonly usd: number }[]): number =>
  items.reduce((sum, { usd }) => sum + usd, 0);
