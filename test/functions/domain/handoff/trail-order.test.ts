import { expect, it } from 'vitest';
import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';
import { inOrder } from '../../../../functions/domain/handoff/trail-order.ts';

const entry = (what: AuditEntry['what'], at: string, step?: string): AuditEntry => ({
  ...{ at, who: 'system', what, detail: '', from: 'execution' },
  ...(step !== undefined && { step }),
});
const [nine, ten] = ['2026-11-17T09:00:00Z', '2026-11-17T10:00:00Z'];

const happened = [
  entry('deal-won', nine),
  entry('handoff-started', nine),
  entry('asked', nine, 'complete-package'),
  entry('mail-sent', nine, 'complete-package'),
  entry('asked', nine, 'schedule-internal-meeting'),
  entry('mail-sent', nine, 'schedule-internal-meeting'),
  entry('decided', ten, 'complete-package'),
  entry('asked', ten, 'review-brief'),
  entry('mail-sent', ten, 'review-brief'),
  entry('complete', ten),
];
const steps = ['complete-package', 'schedule-internal-meeting', 'review-brief'];

it('tells of one instant what was done before what came of it, step by step, a request before its email', () => {
  expect(inOrder(happened.toReversed(), steps)).toEqual(happened);
  expect(inOrder([...happened.slice(5), ...happened.slice(0, 5)], steps)).toEqual(happened);
});

it('leaves what it cannot tell apart in the order in which it is recorded', () => {
  const notes = [1, 2, 3].map((number) => ({ ...entry('note', ten), detail: `note ${number}` }));
  expect(inOrder(notes, [])).toEqual(notes);
});
