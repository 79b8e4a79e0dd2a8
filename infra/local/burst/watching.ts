import type { Mail } from '../../account/ses/mail.ts';
import type { EngineOptions } from '../../account/step-functions/engine.ts';

/** What the executions of a burst did. */
export function watchExecutions() {
  const started = new Set<string>();
  const failed = new Map<string, string>();
  let entered = 0;
  let longestHistory = 0;
  const onEvent: NonNullable<EngineOptions['onEvent']> = (execution, event) => {
    longestHistory = Math.max(longestHistory, execution.eventCount);
    if (event.type === 'ExecutionStarted') started.add(execution.name);
    else if (event.type.endsWith('StateEntered')) entered += 1;
    else if (event.type === 'ExecutionFailed')
      failed.set(execution.name, JSON.stringify(event['executionFailedEventDetails'] ?? {}));
  };
  return { started, failed, onEvent, entered: () => entered, longestHistory: () => longestHistory };
}

/** The mails of a burst: when each handoff's first one went out, and how often each was sent. */
export function watchMails(onFirstMail: (mail: Mail) => void) {
  const firstMails = new Map<string, number>();
  const copies = new Map<string, number>();
  const onMail = (mail: Mail): void => {
    const { at, tags, recipients } = mail;
    const { handoff = '', kind, step } = tags;
    if (!firstMails.has(handoff)) {
      firstMails.set(handoff, at);
      onFirstMail(mail);
    }
    const key = [handoff, kind, step, ...recipients].join(' ');
    copies.set(key, (copies.get(key) ?? 0) + 1);
  };
  return { firstMails, copies, onMail };
}
