import type { CrmConnection } from './crm-connector.ts';

/** For how long what administrators rarely change is kept, in milliseconds. */
const longest = 10 * 60_000;

/** Something that is asked for when it is first needed, and again when it has grown old or was forgotten. */
export interface Kept<T> {
  get(): Promise<T>;
  forget(): void;
}

/** Keeps what `read` brings for ten minutes by `now` (milliseconds); without a clock, nothing. A failure is never kept. */
export function kept<T>(read: () => Promise<T>, now: CrmConnection['now']): Kept<T> {
  let held: { readonly value: Promise<T>; readonly since: number } | undefined;
  return {
    get() {
      if (now === undefined) return read();
      if (held === undefined || now() - held.since > longest) {
        const asked = { value: read(), since: now() };
        held = asked;
        asked.value.catch(() => {
          if (held === asked) held = undefined;
        });
      }
      return held.value;
    },
    forget() {
      held = undefined;
    },
  };
}

/** The same of each thing by its id. */
export function keptEach<T>(read: (id: string) => Promise<T>, now: CrmConnection['now']): (id: string) => Promise<T> {
  const held = new Map<string, Kept<T>>();
  return (id) => {
    const one = held.get(id) ?? kept(() => read(id), now);
    held.set(id, one);
    return one.get();
  };
}
