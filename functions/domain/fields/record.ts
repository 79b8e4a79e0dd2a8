/** An object of which nothing is known yet. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; empty when it is none. */
export function recordOf(value: unknown): UnknownRecord {
  return isRecord(value) ? value : {};
}
