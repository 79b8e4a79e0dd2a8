/** What the account has used since it was created, in the units AWS bills. */
export interface Usage {
  readonly stateTransitions: number;
  /** Invocations by function name; failed ones and retries are billed too. */
  readonly lambdaInvocations: Readonly<Record<string, number>>;
  /** On-demand units: a write is 1 KB, a strongly consistent read 4 KB, an eventually consistent one half of that. */
  readonly dynamodb: { readonly readUnits: number; readonly writeUnits: number };
  readonly mail: { readonly messages: number; readonly recipients: number };
  /** Custom events by 64 KB; AWS's own events cost nothing. */
  readonly eventsPut: number;
  /** Calls of the HTTP API's routes. */
  readonly httpCalls: number;
  readonly schedulerInvocations: number;
  /** Requests of SQS, rules' own included; Lambda's asking is a standing cost. */
  readonly queueRequests: number;
}

/** Counts as things happen. */
export interface Meter {
  lambda(functionName: string): void;
  reads(units: number): void;
  writes(units: number): void;
  mail(recipients: number): void;
  events(count: number): void;
  httpCall(): void;
  schedulerInvocation(): void;
  queueRequest(): void;
  usage(): Usage;
}

/** A meter at zero; `stateTransitions` is asked of the engine, which counts them itself. */
export function createMeter(stateTransitions: () => number): Meter {
  const lambdaInvocations: Record<string, number> = {};
  let readUnits = 0;
  let writeUnits = 0;
  let messages = 0;
  let recipients = 0;
  let eventsPut = 0;
  let httpCalls = 0;
  let schedulerInvocations = 0;
  let queueRequests = 0;
  return {
    lambda: (name) => {
      lambdaInvocations[name] = (lambdaInvocations[name] ?? 0) + 1;
    },
    reads: (units) => {
      readUnits += units;
    },
    writes: (units) => {
      writeUnits += units;
    },
    mail: (count) => {
      messages += 1;
      recipients += count;
    },
    events: (count) => {
      eventsPut += count;
    },
    httpCall: () => {
      httpCalls += 1;
    },
    schedulerInvocation: () => {
      schedulerInvocations += 1;
    },
    queueRequest: () => {
      queueRequests += 1;
    },
    usage: () => ({
      stateTransitions: stateTransitions(),
      lambdaInvocations: { ...lambdaInvocations },
      dynamodb: { readUnits, writeUnits },
      mail: { messages, recipients },
      eventsPut,
      httpCalls,
      schedulerInvocations,
      queueRequests,
    }),
  };
}

/** What was used between two readings of the same meter. */
export function usageBetween(before: Usage, after: Usage): Usage {
  const functions = Object.entries(after.lambdaInvocations)
    .map(([name, count]) => [name, count - (before.lambdaInvocations[name] ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return {
    stateTransitions: after.stateTransitions - before.stateTransitions,
    lambdaInvocations: Object.fromEntries(functions),
    dynamodb: {
      readUnits: after.dynamodb.readUnits - before.dynamodb.readUnits,
      writeUnits: after.dynamodb.writeUnits - before.dynamodb.writeUnits,
    },
    mail: {
      messages: after.mail.messages - before.mail.messages,
      recipients: after.mail.recipients - before.mail.recipients,
    },
    eventsPut: after.eventsPut - before.eventsPut,
    httpCalls: after.httpCalls - before.httpCalls,
    schedulerInvocations: after.schedulerInvocations - before.schedulerInvocations,
    queueRequests: after.queueRequests - before.queueRequests,
  };
}
