import { AwsError } from '../wire/errors.ts';

export interface Bounce {
  readonly type: 'Permanent' | 'Transient';
  /** E.g. `General`, `NoEmail`, `MailboxFull`, `OnAccountSuppressionList`. */
  readonly subType: string;
}

/** What may go wrong with mail, switched on by tests and by people at the console. Addresses compare without case. */
export interface MailTrouble {
  /** The next `count` sends are refused with `Throttling`. */
  throttleNext(count: number): void;
  /** Sends to the address are refused with `MessageRejected`. */
  reject(address: string, message?: string): void;
  /** Mail to the address is accepted; the bounce event follows. */
  bounce(address: string, bounce?: Bounce): void;
  /** Whether mail to the address is to bounce. */
  bounces(address: string): boolean;
  /** Mail to the address is delivered; a complaint event follows. */
  complain(address: string): void;
  /** Mail to the address arrives again. */
  arrive(address: string): void;
  /** All is well again. */
  clear(): void;
}

export interface MailTroubles extends MailTrouble {
  /** Throws when this send is to be refused. */
  admit(recipients: readonly string[]): void;
  bounceOf(address: string): Bounce | undefined;
  complains(address: string): boolean;
}

export function createMailTrouble(): MailTroubles {
  let throttled = 0;
  const rejected = new Map<string, string>();
  const bouncing = new Map<string, Bounce>();
  const complaints = new Set<string>();
  return {
    throttleNext: (count) => {
      throttled = count;
    },
    reject: (address, message) => {
      rejected.set(address.toLowerCase(), message ?? 'Email address is not verified.');
    },
    bounce: (address, bounce) => {
      bouncing.set(address.toLowerCase(), bounce ?? { type: 'Permanent', subType: 'General' });
    },
    complain: (address) => {
      complaints.add(address.toLowerCase());
    },
    bounces: (address) => bouncing.has(address.toLowerCase()),
    arrive: (address) => {
      for (const trouble of [rejected, bouncing, complaints]) trouble.delete(address.toLowerCase());
    },
    clear: () => {
      throttled = 0;
      rejected.clear();
      bouncing.clear();
      complaints.clear();
    },
    admit: (recipients) => {
      if (throttled > 0) {
        throttled -= 1;
        throw new AwsError('Throttling', 'Maximum sending rate exceeded.');
      }
      for (const address of recipients) {
        const message = rejected.get(address.toLowerCase());
        if (message !== undefined) throw new AwsError('MessageRejected', message);
      }
    },
    bounceOf: (address) => bouncing.get(address.toLowerCase()),
    complains: (address) => complaints.has(address.toLowerCase()),
  };
}
