import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { localTimeText } from '../../functions/domain/time/local-time.ts';
import { type Played, playEvents } from '../../infra/local/play/play-events.ts';
import type { HandoffReport, MailReport, StepReport } from '../../infra/local/play/report.ts';
import type { Manner, Script } from '../../infra/local/play/script.ts';
import { roster, type SampleName, sampleEvent } from './deals.ts';
import { full } from './playbooks/full.ts';

export interface Scenario extends Played {
  readonly report: HandoffReport;
  /** The rounds of a step, first to last. */
  step(id: string): readonly StepReport[];
  /** The only round of a step. */
  only(id: string): StepReport;
  mails(kind: string, step?: string): readonly MailReport[];
}

export interface ScenarioOptions {
  readonly manner?: Manner;
  readonly script?: Script;
  readonly roster?: ReturnType<typeof roster>;
  /** The fixture playbook when left out. */
  readonly playbook?: Playbook;
  /** Of the stage; the usual one when left out. */
  readonly locale?: string;
}

/** Plays one deal to its end, as `npm run play` does, by the fixture playbook unless another is given. */
export async function play(event: SampleName | object, options: ScenarioOptions = {}): Promise<Scenario> {
  const played = await playEvents({
    events: [typeof event === 'string' ? sampleEvent(event) : event],
    playbook: options.playbook ?? full,
    ...(options.locale && { locale: options.locale }),
    roster: options.roster ?? roster(),
    manner: options.manner ?? 'prompt',
    script: options.script ?? {},
  });
  const report = played.reports[0];
  if (!report) throw new Error('The handoff never began.');
  const step = (id: string) => report.steps.filter((reported) => reported.id === id);
  return {
    ...played,
    report,
    step,
    only: (id) => {
      const [first, ...more] = step(id);
      if (!first || more.length > 0) throw new Error(`Step ${id} has ${step(id).length} rounds.`);
      return first;
    },
    mails: (kind, of) =>
      report.mails.filter((mail) =>
        [mail, ...mail.about].some((part) => part.kind === kind && (of === undefined || part.step === of)),
      ),
  };
}

/** An instant on somebody's wall clock: `Tue, Nov 17, 2026, 9:30 AM`. */
export const local = (at: string | null, zone = 'Europe/Berlin'): string =>
  at === null ? 'never' : localTimeText(at, zone);
