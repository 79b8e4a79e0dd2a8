/** The errors of this project. The state machine and the adapters know them by name. */

/** The mail service is over its rate: nothing was sent, and it may be tried again. */
export class MailThrottled extends Error {
  override name = 'MailThrottled';
}

/** The mail service is over its rate, and nothing was sent; the message is the moment (UTC) of the turn that was taken for it. */
export class MailTurn extends Error {
  override name = 'MailTurn';
}

/**
 * Somebody else is sending the mail at this moment, or was interrupted at it: nothing was sent. Whoever tries again finds it
 * sent, or sends it. State machines know it as MailThrottled, and have it tried again within seconds.
 */
export class MailInHand extends MailThrottled {}

/** The mail service is over its daily quota: nothing was sent, and it will take hours until it may be tried with success. */
export class MailQuotaExhausted extends MailThrottled {
  override name = 'MailQuotaExhausted';
}

/** The mail service takes no mail from us as things stand (paused, not verified): nothing was sent. */
export class MailBlocked extends MailThrottled {
  override name = 'MailBlocked';
}

/** A permission to send mail is missing: nothing was sent, and nothing will be until somebody grants it. */
export class MailForbidden extends MailBlocked {
  override name = 'MailForbidden';
}

/** The mail service will never take this mail: nothing was sent. */
export class MailRejected extends Error {
  override name = 'MailRejected';
}

/** The mail service could not be reached, or failed: nobody knows whether the mail was sent. It may be tried again. */
export class MailUnavailable extends Error {
  override name = 'MailUnavailable';
}

/** The records cannot be read or written for the moment; nothing is half-done. */
export class RecordsUnavailable extends Error {
  override name = 'RecordsUnavailable';
}

/** What was to be written is more than fits beside what stands there already: nothing was written. */
export class RecordTooLarge extends Error {
  override name = 'RecordTooLarge';
}

/** A service that keeps executions or reminders refuses or cannot be reached for the moment. It may be called again. */
export class ServiceUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

/** A step was still open as long after closed won as the playbook allows; the execution fails with this name. */
export class HandoffAbandoned extends Error {
  override name = 'HandoffAbandoned';
}

/** The CRM cannot be reached, fails, or asks to wait: nothing is known of what it was asked. It may be asked again. */
export class CrmUnavailable extends Error {
  override name = 'CrmUnavailable';
}

/** The CRM does not let us in, or not to this: a token has expired, a scope is missing. Somebody has to mend it. */
export class CrmAccessRefused extends Error {
  override name = 'CrmAccessRefused';
}
