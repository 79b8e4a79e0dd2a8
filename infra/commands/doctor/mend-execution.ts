import { executionArnOf } from '../../../functions/aws/execution-names.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import type { EndedExecution } from '../read-executions.ts';
import { type Finding, type Fix, shown } from './finding.ts';
import type { Circumstances } from './sight.ts';

interface Broken {
  /** Of the execution. */
  readonly name: string;
  readonly ended: EndedExecution | undefined;
  /** How it is started, where there is none. */
  readonly start: Extract<Fix, { do: 'start' | 'start-item' }>;
  /** Why `--fix` must leave it alone, a sentence; undefined when it need not. */
  readonly against?: string | undefined;
}

/** What to do about an execution that should run and does not. */
export function mendExecution(
  { name, ended, start, against }: Broken,
  { stateMachineArn }: Pick<Circumstances, 'stateMachineArn'>,
): Pick<Finding, 'mend' | 'fix'> {
  const arn = executionArnOf(stateMachineArn, name);
  const unless = (mend: string, fix: Fix): Pick<Finding, 'mend' | 'fix'> =>
    against === undefined ? { mend, fix } : { mend: `${mend} --fix leaves it to you: ${against}` };
  if (!ended) {
    const input = JSON.stringify(
      start.do === 'start' ? { handoffId: start.handoff } : { handoffId: start.handoff, step: start.step },
    );
    return unless(
      `Start it again; what is done is not done twice: aws stepfunctions start-execution --state-machine-arn ${stateMachineArn} --name ${name} --input '${input}'`,
      start,
    );
  }
  const redrive = `aws stepfunctions redrive-execution --execution-arn ${arn}`;
  if (!ended.isRedrivable)
    return {
      mend: 'It cannot be redriven any more. Cancel the handoff (an event "Deal Cancelled"), and win the deal again with the next wonEpisode if it is to go on.',
    };
  if (ended.status === 'ABORTED')
    return { mend: `Somebody stopped it by hand. Ask why; it goes on where it stopped with: ${redrive}` };
  if (ended.error === 'HandoffAbandoned') return { mend: `It gave up on purpose. To go on all the same: ${redrive}` };
  return unless(
    `Read the error in the console and fix its cause, then redrive it; it goes on where it stopped: ${redrive}`,
    { do: 'redrive', execution: name },
  );
}

/** How an execution that does not run ended, to follow "its execution". */
export const endInWords = (ended: EndedExecution | undefined): string => {
  if (!ended) return 'does not exist';
  const { status, stoppedAt, error } = ended;
  return [
    `is ${status}`,
    ...(stoppedAt === undefined ? [] : [`since ${shown(stoppedAt)}`]),
    ...(error === undefined ? [] : [`(${error})`]),
  ].join(' ');
};

/** Why an execution of today must not take up a handoff that began under other rules, a sentence; undefined when it may. */
export function ruledOtherwise(
  { playbook }: Pick<HandoffRecord, 'playbook'>,
  { playbookNamed }: Pick<Circumstances, 'playbookNamed'>,
): string | undefined {
  const today = playbookNamed(playbook.name);
  if (!today) return `no playbook is called "${playbook.name}" today.`;
  const gone = Object.keys(playbook.steps).find((step) => !Object.hasOwn(today.steps, step));
  return gone === undefined ? undefined : `today's state machine has no step "${gone}", which this handoff has.`;
}
