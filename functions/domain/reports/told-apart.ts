/** Something of a handoff, as one line of a list. */
export interface OfHandoff {
  /** The handoff's id. */
  readonly id: string;
  readonly customer: string;
  /** What tells it from another handoff of that customer. */
  readonly by: string;
}

/** How a list calls each of these: by its customer; where it has several handoffs of that customer, with what tells them apart. */
export function toldApart<Row>(rows: readonly Row[], read: (row: Row) => OfHandoff): (row: Row) => string {
  const handoffs = Map.groupBy(rows.map(read), ({ customer }) => customer);
  return (row) => {
    const { customer, by } = read(row);
    const ids = new Set(handoffs.get(customer)?.map(({ id }) => id));
    return ids.size > 1 ? `${customer} (${by})` : customer;
  };
}
