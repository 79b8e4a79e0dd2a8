/** The committed state machine: the very file that runs on AWS and on one machine. */
export const definitionFile = new URL('../../statemachines/default.asl.json', import.meta.url);

type Placeholder =
  | 'HandoffTable'
  | 'ValidatePackageFunctionArn'
  | 'NotifyFunctionArn'
  | 'CloseHandoffFunctionArn'
  | 'SchedulerRoleArn'
  | 'ReminderGroup'
  | 'ReminderDeadLettersArn';

/** What the file leaves open, as `${name}`: who runs it says what each stands for. */
export type Placeholders = Readonly<Record<Placeholder, string>>;
