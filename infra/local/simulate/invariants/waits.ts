import { isClosed } from '../../../../functions/domain/handoff/handoff.ts';
import type { MeasuredNight } from '../measured-nights.ts';
import type { Ended } from '../play-story.ts';
import type { Invariant } from './invariant.ts';

/** On the way, as all is decided in the end: what rows said in a night is worked out once more from the audit trail until then. */
export const rowsSayWhatWaits: Invariant = {
  name: 'rows of reports say which steps wait for a decision or the customer, as the audit trail does',
  // With faults rows may be of another moment than they say: what was killed is done once more, from what is so by then.
  broken: ({ handoffs, measured, faults }) =>
    faults.length > 0
      ? []
      : (measured?.nights ?? []).flatMap((night) => handoffs.flatMap((ended) => unsaid(ended, night))),
};

function unsaid({ record, audit }: Ended, { asOf, rows }: MeasuredNight): readonly string[] {
  const { id } = record.state;
  const row = rows.find((each) => each.id === id);
  if (!row) return [];
  const before = audit.filter(({ at }) => Date.parse(at) <= Date.parse(asOf));
  const found = row.rounds.flatMap(({ step, rests }) =>
    rests?.for === 'decision' ? [`${step} ${new Date(rests.since).toISOString()}`] : [],
  );
  const steps = isClosed(row.status) ? [] : [...new Set(before.flatMap(({ step }) => step ?? []))];
  const onRecord = steps.flatMap((step) => {
    const last = before.findLast((entry) => entry.step === step && decides.includes(entry.what));
    return last?.what === 'exception-requested' ? [`${step} ${new Date(last.at).toISOString()}`] : [];
  });
  const isSame = found.toSorted().join() === onRecord.toSorted().join();
  const neverPaused = row.rounds.filter(
    ({ step, rests }) =>
      rests?.for === 'customer' &&
      !before.some((entry) => entry.step === step && entry.what === 'waiting-for-customer'),
  );
  return [
    ...(isSame ? [] : [`${id} at ${asOf}: ${found.join(', ') || 'nothing'} waits, on record ${onRecord.join(', ')}`]),
    ...neverPaused.map(({ step }) => `${id} at ${asOf}: nobody paused ${step}`),
  ];
}

/** What says whether somebody is to decide on an exception of a step. */
const decides: readonly Ended['audit'][number]['what'][] = [
  'exception-requested',
  'exception-declined',
  'decided',
  'unanswered',
];
