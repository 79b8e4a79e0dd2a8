/** A setting of a playbook that cannot work, or does harm. */
export interface Finding {
  readonly rule:
    | 'law'
    | 'no-time-left'
    | 'silent-ladder'
    | 'unreached-rung'
    | 'two-mails-at-once'
    | 'link-expires'
    | 'nobody-owns'
    | 'nobody-named'
    | 'lost-no';
  /** The steps, ladders or roles it is about: ids. */
  readonly about: readonly string[];
  /** What happens. */
  readonly sentence: string;
  /** What to change. */
  readonly remedy: string;
}
