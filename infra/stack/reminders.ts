/** Where reminders are kept, and who is called when one is due. */
export interface Reminders {
  readonly group: string;
  /** Of each schedule in the group. */
  readonly schedulesArn: string;
  readonly targetArn: string;
  readonly roleArn: string;
  readonly deadLettersArn: string;
}
