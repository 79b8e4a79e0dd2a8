/** The committed state machine of a shipped playbook: the very file that runs on AWS and on one machine. */
export const definitionFileOf = (playbook: string): URL =>
  new URL(`../../statemachines/${playbook}.asl.json`, import.meta.url);

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
