import type { Mail } from './mail.ts';

/** Every mail the account has sent, whoever it was for. */
export interface Inbox {
  /** Oldest first. */
  readonly mails: readonly Mail[];
  find(id: string): Mail | undefined;
  /** Calls `onMail` for each mail from now on; the returned function ends it. */
  watch(onMail: (mail: Mail) => void): () => void;
  /** Forgets all mails, e.g. between the parts of a long run. */
  clear(): void;
}

export interface KeepingInbox extends Inbox {
  keep(mail: Mail): void;
}

export function createInbox(): KeepingInbox {
  const mails: Mail[] = [];
  const byId = new Map<string, Mail>();
  const watchers = new Set<(mail: Mail) => void>();
  return {
    mails,
    find: (id) => byId.get(id),
    watch: (onMail) => {
      watchers.add(onMail);
      return () => watchers.delete(onMail);
    },
    clear: () => {
      mails.length = 0;
      byId.clear();
    },
    keep: (mail) => {
      mails.push(mail);
      byId.set(mail.id, mail);
      for (const onMail of watchers) onMail(mail);
    },
  };
}
