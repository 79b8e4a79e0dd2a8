import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { playEvents } from '../../local/play/play-events.ts';
import type { Manner } from '../../local/play/script.ts';
import { type SampleName, sampleEvent, sampleRoster } from '../../local/sample-company.ts';
import type { HandoffUse } from './bill.ts';

/** The mix of a month, of ten. */
const kinds: readonly { readonly kind: string; readonly ofTen: number; readonly sample: SampleName }[] = [
  { kind: 'standard', ofTen: 6, sample: 'complete-standard' },
  { kind: 'standard, with gaps', ofTen: 2, sample: 'incomplete' },
  { kind: 'enterprise', ofTen: 1, sample: 'enterprise-across-zones' },
  { kind: 'self-serve', ofTen: 1, sample: 'self-serve' },
];

/** Plays one handoff of each kind to its end in the local account, and counts what it uses. */
export async function handoffUses(playbook: Playbook, manner: Manner): Promise<HandoffUse[]> {
  const uses: HandoffUse[] = [];
  for (const { kind, ofTen, sample } of kinds) {
    const { usage, reports } = await playEvents({
      events: [sampleEvent(sample)],
      playbook,
      roster: sampleRoster(),
      manner,
      script: {},
    });
    const status = reports[0]?.execution.status;
    if (status !== 'SUCCEEDED') throw new Error(`The ${kind} handoff did not come to its end: ${status}.`);
    uses.push({ kind, ofTen, usage });
  }
  return uses;
}
