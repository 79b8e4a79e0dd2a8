import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import type { AskStep, Playbook } from '../../functions/domain/playbook/playbook.ts';
import { compile } from '../../statemachines/compile.ts';
import { playbook as defaultPlaybook } from '../../statemachines/playbooks/default.ts';
import { placedStates, textsIn } from '../support/placed-states.ts';
import { full } from '../support/playbooks/full.ts';

const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean;
  errorsText(): string;
};

const machine = compile(full);
const text = JSON.stringify(machine);
const states = placedStates(machine);
const named = (name: string) => {
  const found = states.find((placed) => placed.name === name);
  if (!found) throw new Error(`There is no state "${name}".`);
  return found;
};

/** A copy that asl-validator may write into, changed first. */
function changed(change: (machine: { States: Record<string, Record<string, unknown>> }) => void): unknown {
  const copy = JSON.parse(text);
  change(copy);
  return copy;
}

describe('the state machine', () => {
  it('is valid', () => {
    expect(validate(changed(() => undefined)).errorsText()).toBe('');
  });

  it.each<[string, (machine: { States: Record<string, Record<string, unknown>> }) => void]>([
    ['a transition to nowhere', ({ States }) => Object.assign(States['Follow up'] ?? {}, { Next: 'Nowhere' })],
    ['a state without a way on', ({ States }) => delete States['Handoff complete']?.['End']],
    [
      'an expression that is no JSONata',
      ({ States }) => Object.assign(States['Handoff complete'] ?? {}, { Output: '{% $states. %}' }),
    ],
    ['a state of no type', ({ States }) => Object.assign(States['Handoff complete'] ?? {}, { Type: 'Sleep' })],
  ])('would not be valid with %s', (_, change) => {
    expect(validate(changed(change)).isValid).toBe(false);
  });
});

/** The conditions of the Choices before a state, in a playbook changed. */
function conditionsBefore(playbook: Playbook, next: string): unknown[] {
  return placedStates(compile(playbook)).flatMap(({ state }) =>
    ((state['Choices'] ?? []) as { Condition: string; Next: string }[])
      .filter(({ Next }) => Next === next)
      .map(({ Condition }) => Condition),
  );
}

describe('what only some handoffs have', () => {
  const naming = 'Ask to name the customer success manager';

  it.each<[string, Partial<Playbook>]>([
    ['a segment', { segments: { ...full.segments, small: { without: ['assign-customer-success-manager'] } } }],
    ['an industry', { industries: { ...full.industries, small: { without: ['assign-customer-success-manager'] } } }],
  ])('is asked by one Choice with whether it is needed, when %s does without it', (_, change) => {
    const playbook = { ...full, ...change } as Playbook;
    expect(conditionsBefore(playbook, naming)).toEqual([
      "{% ('assign-customer-success-manager' in $steps) and ('customerSuccessManager' in $unheldRoles) %}",
    ]);
    expect(validate(JSON.parse(JSON.stringify(compile(playbook)))).errorsText()).toBe('');
  });

  it('is told apart by a segment and an industry of one name', () => {
    const playbook = {
      ...full,
      segments: { ...full.segments, health: { without: ['schedule-kickoff'] } },
      industries: { ...full.industries, health: { without: ['hold-kickoff'] } },
    } as Playbook;
    // A meeting that is called off leads back to its planning.
    for (const step of ['schedule-kickoff', 'hold-kickoff'])
      expect(conditionsBefore(playbook, `Ask to ${step.replace('-', ' the ')}`)).toEqual([
        `{% '${step}' in $steps %}`,
        ...(step === 'schedule-kickoff' ? ["{% $states.input.choice = 'called-off' %}"] : []),
      ]);
  });
});

describe('the graph', () => {
  // As ops see it in the console: the promise in every unit, and when a step opens where that is what it waits for.
  it.each([
    ['Ask to complete the handoff package', 'Wait for complete handoff package (SLA 48h)'],
    ['Ask to schedule the internal meeting', 'Wait for internal meeting scheduled (SLA 24h)'],
    ['Ask to introduce the customer success manager', 'Wait for approved customer introduction (SLA same day)'],
    ['Ask to schedule the kickoff', 'Wait for kickoff scheduled (SLA 3bd)'],
    ['Ask to give feedback to the account executive', 'Wait for feedback (SLA 14d)'],
    ['Ask to record the first value', 'Wait for first value (SLA 30d)'],
  ])('shows "%s" and then "%s"', (ask, wait) => {
    expect(named(ask).state['Next']).toBe(wait);
    expect(named(ask).path).toEqual(named(wait).path);
  });

  it('shows every step of the playbook', () => {
    const expected = Object.values(full.steps).flatMap((rule) => {
      // What EventBridge Scheduler tells far ahead is scheduled as the package is validated.
      if (rule.kind === 'tell') return rule.by === 'scheduler' ? [] : rule.tells.map(({ state }) => state);
      if (rule.optional) return [];
      return [`Ask to ${rule.ask}`, ...(rule.announce ? [rule.announce.state] : [])];
    });
    expect(states.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
  });

  it('waits for a token without a Lambda, goes back to the ask, and loses no decision', () => {
    const asks = states.filter(({ name }) => name.startsWith('Ask to '));
    expect(asks).toHaveLength(askSteps(full).filter(({ rule }) => !rule.optional).length);
    for (const ask of asks) {
      const wait = named(String(ask.state['Next']));
      const asked = askSteps(full).find(({ rule }) => ask.name === `Ask to ${rule.ask}`);
      const { rule } = asked ?? {};
      // An answer after which the flow does not simply go on is told apart, but for a meeting that was called off.
      const told = rule?.returns ?? rule?.repeat ?? rule?.scores;
      const read = [rule?.scores?.field, rule?.waitFor].map((what) => `Read the ${what}`);
      const ifDecided = read.find((name) => states.some((state) => state.name === name));
      const branches = told !== undefined || rule?.ifCalledOff !== undefined;
      expect(ifDecided !== undefined, ask.name).toBe(branches);
      expect(wait.state).toMatchObject({
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
        Arguments: { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(choice)' },
        Catch: [
          { ErrorEquals: ['States.Timeout', 'Handoff.AskAgain'], Next: ask.name },
          {
            ErrorEquals: ['DynamoDb.ConditionalCheckFailedException', ...(told ? ['Handoff.ReadAnswer'] : [])],
            Next: ifDecided ?? wait.state['Next'] ?? `Done - ${rule?.waitFor}`,
          },
        ],
      });
    }
  });

  const branchOf = (name: string): string => named(name).path.at(-1) ?? '';

  it('draws the branches of the flow beside each other', () => {
    const first = [
      'Ask to introduce the customer success manager',
      'Ask to schedule the kickoff',
      'Ask to hold the kickoff',
    ];
    const second = ['Ask to verify the stakeholder map', 'Ask to align the success plan'];
    expect(new Set(first.map(branchOf))).toEqual(new Set(['Introduce and kick off beside planning/0']));
    expect(new Set(second.map(branchOf))).toEqual(new Set(['Introduce and kick off beside planning/1']));
  });

  it('goes on when the last of several branches has ended', () => {
    const followUps = [
      'Tell that the availability window closes',
      'Ask to give feedback to the account executive',
      'Ask to rate the handoff',
      'Ask to record the first value',
    ];
    expect(followUps.map(branchOf)).toEqual([0, 1, 2, 3].map((i) => `Follow up/${i}`));
    expect(named('Ask to confirm the handoff').path).toEqual([]);
    expect(named('Tell the account executive the handoff is complete').state['Next']).toBe('Follow up');
    expect(named('Follow up').state['Next']).toBe('Handoff complete');
  });

  it('keeps a branch that nothing waits for outside the others', () => {
    expect(named('Ask to introduce by phone').path).toEqual([
      'Prepare the handoff beside the phone introduction/1',
      'Whether to introduce by phone/0',
    ]);
    // Others end the branch with that.
    expect(named('Whether to introduce by phone').state).toMatchObject({
      Type: 'Map',
      Items: "{% 'introduce-by-phone' in $steps ? [1] : [] %}",
      End: true,
    });
  });

  it('goes back to an earlier step after the answer that returns', () => {
    const { state } = named('Whether to ask again to complete the handoff package');
    expect(state['Choices']).toMatchObject([{ Next: 'Ask to complete the handoff package' }]);
    expect(state['Default']).toBe('Ask to hold the internal meeting');
  });

  it('goes straight on after an answer after which the flow does, and reads any other', () => {
    const { state } = named('Wait for review of the brief (SLA 24h)');
    expect(state['Next']).toBe('Ask to hold the internal meeting');
    expect(JSON.stringify(state['Arguments'])).toContain("'goes-on:' & $states.context.Task.Token");
    expect(named('Read the review of the brief').state['Next']).toBe(
      'Whether to ask again to complete the handoff package',
    );
    // At its end, a branch needs no state of its own.
    expect(named('Wait for first value (SLA 30d)').state).toMatchObject({ Next: 'Tell sales of first value' });
    expect(named('Wait for handoff score (SLA 30d)').state).toMatchObject({ End: true });
    expect(named('Wait for feedback (SLA 14d)').state['Next']).toBe('Mail the feedback to the account executive');
  });

  it('goes past what only some handoffs have, and reads every answer of those', () => {
    const machine = placedStates(compile(defaultPlaybook));
    const wait = machine.find(({ name }) => name === 'Wait for review of the brief (SLA 24h)')?.state;
    expect(wait?.['Next']).toBe('Ask to draft the success plan');
    expect(JSON.stringify(wait?.['Arguments'])).toContain(
      "('second-review' in $steps ? 'is-read:' : 'goes-on:') & $states.context.Task.Token",
    );
    const decide = machine.find(({ name }) => name === 'Whether to ask again to complete the handoff package')?.state;
    expect(decide?.['Default']).toBe('Whether to review the brief as second reviewer');
  });

  it('asks for what comes next by the state that mails at that moment', () => {
    const { state } = named('Send the kickoff invitation');
    expect(state['Arguments']).toMatchObject({ Payload: { asks: { step: 'hold-kickoff', round: 1 } } });
    expect(state['Next']).toBe('Wait for kickoff held (SLA 5bd)');
    expect(named(String(state['Next'])).state['Catch']).toMatchObject([{ Next: 'Ask to hold the kickoff' }, {}]);
  });

  it('counts rounds from the state before the first of them, and from one of its own where there is none', () => {
    expect(states.filter(({ state }) => state['Type'] === 'Pass')).toEqual([]);
    const { steps } = full;
    const repeat = { ...steps['record-first-value'], opens: undefined } as unknown as AskStep;
    const first = { ...full, flow: ['record-first-value'], steps: { ...steps, 'record-first-value': repeat } };
    const { States } = compile(first as Playbook);
    expect(States['Begin to ask to record the first value']).toMatchObject({ Assign: { roundRecordFirstValue: 1 } });
    for (const { segments } of [full, { segments: { ...full.segments, small: { without: ['rate-handoff'] } } }]) {
      const after = { ...first, segments, flow: ['rate-handoff', 'record-first-value'] };
      const opened = { ...after.steps['rate-handoff'], opens: undefined } as unknown as AskStep;
      const machine = compile({ ...after, steps: { ...after.steps, 'rate-handoff': opened } } as Playbook);
      const before = machine.States['Whether to rate the handoff'] ?? machine.States['Where to begin'];
      const [begin] = before ? [before] : [machine.States['Ask to rate the handoff']];
      expect(begin).toMatchObject({ Assign: { roundRecordFirstValue: 1 } });
      for (const { Next, Assign } of (begin?.['Choices'] ?? []) as { Next: string; Assign: unknown }[])
        if (Next === 'Ask to rate the handoff') expect(Assign).toEqual({ roundRecordFirstValue: 1 });
      expect(machine.States['Begin to ask to record the first value']).toBeUndefined();
    }
  });

  it('begins an open item where the handoff itself begins', () => {
    const begin = (playbook: Playbook) => {
      const { States } = compile(playbook);
      return [
        States['Validate handoff package']?.['Next'],
        States[String(States['Validate handoff package']?.['Next'])],
      ];
    };
    const item = {
      Condition: '{% $exists($states.context.Execution.Input.step) %}',
      Next: 'Ask to settle the open item',
    };
    expect(begin(full)).toMatchObject([
      'Where to begin',
      {
        Choices: [item, { Next: 'Ask to name the customer success manager' }],
        Default: 'Prepare the handoff beside the phone introduction',
      },
    ]);
    expect(begin({ ...full, flow: ['confirm-handoff'] })).toMatchObject([
      'Whether this is an open item',
      { Choices: [item], Default: 'Ask to confirm the handoff' },
    ]);
  });

  it('tells by itself who takes over only where the first requests do not, or somebody was to be named first', () => {
    const { States } = compile(defaultPlaybook);
    const past = 'Hand over beside the phone introduction';
    expect(States['Where to begin']).toMatchObject({
      Choices: [
        {},
        { Next: 'Ask to name the customer success manager' },
        {
          Condition: "{% $not('tell-who-takes-over/handoff-begins' in $toldWithRequests) %}",
          Next: 'Tell who takes over',
        },
      ],
      Default: past,
    });
    expect(States['Tell who takes over']?.['Next']).toBe(past);
    expect(States['Wait for customer success manager named (SLA 24h)']?.['Next']).toBe('Tell who takes over');
  });

  it('tells it always where there is no Choice before, and at any time later', () => {
    const begins = { ...defaultPlaybook, flow: ['tell-who-takes-over', 'review-brief'] } as unknown as Playbook;
    const { States } = compile(begins);
    expect(States['Whether this is an open item']?.['Default']).toBe('Tell who takes over');
    // What is asked right after it is asked by the same call.
    expect(States['Tell who takes over']).toMatchObject({ Next: 'Wait for review of the brief (SLA 24h)' });
    const later = {
      ...defaultPlaybook,
      flow: [{ name: 'Both', beside: [['confirm-handoff', 'tell-who-takes-over']] }],
    };
    const told = placedStates(compile(later as unknown as Playbook)).filter(({ state }) =>
      JSON.stringify(state['Choices'] ?? '').includes('toldWithRequests'),
    );
    expect(told).toEqual([]);
  });

  it('goes back to the step that plans a meeting once that is called off', () => {
    const { state } = named('Whether to ask again to schedule the kickoff');
    expect(state['Choices']).toEqual([
      { Condition: "{% $states.input.choice = 'called-off' %}", Next: 'Ask to schedule the kickoff' },
    ]);
    expect(state['Default']).toBe('Done - Whether to schedule the kickoff');
  });

  it('opens later steps by literal Waits', () => {
    const waits = states.filter(({ state }) => state['Type'] === 'Wait').map(({ name }) => name);
    expect(waits).toEqual(
      expect.arrayContaining([
        'Wait 14 days after customer introduced (availability-closes)',
        'Wait 30 days after closed won (availability-ended)',
        'Wait 14 days after kickoff held (give-feedback)',
        'Wait 30 days after closed won (rate-handoff)',
        'Wait 30 days after kickoff held (record-first-value)',
      ]),
    );
  });

  it('ends well in one place, and in another for open items, which have executions of their own', () => {
    expect(machine.States['Handoff complete']).toMatchObject({ Type: 'Task', Output: {}, End: true });
    const ends = Object.entries(machine.States).filter(([, { Type, End }]) => Type === 'Succeed' || End);
    expect(ends.map(([name]) => name)).toEqual(['Open item settled', 'Handoff complete']);
  });
});

describe('the text of the state machine', () => {
  it('names each state once, in ASCII letters, digits, spaces, hyphens and parentheses, at most 80 of them', () => {
    const names = states.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Za-z0-9 ()-]{1,80}$/.test(name))).toEqual([]);
  });

  it('retries every task, with backoff, jitter and a longest delay', () => {
    const tasks = states.filter(({ state }) => state['Type'] === 'Task');
    expect(tasks.length).toBeGreaterThan(40);
    for (const { name, state } of tasks) {
      const retry = (state['Retry'] ?? []) as Record<string, unknown>[];
      expect(retry.length, name).toBeGreaterThan(0);
      for (const rule of retry)
        expect(rule, name).toMatchObject({
          BackoffRate: 2,
          JitterStrategy: 'FULL',
          MaxDelaySeconds: expect.any(Number),
          MaxAttempts: expect.any(Number),
        });
    }
  });

  it('retries what the functions throw by name, and never every error', () => {
    const caught = states.flatMap(({ state }) =>
      [...((state['Retry'] ?? []) as { ErrorEquals: string[] }[])].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    expect(caught).toEqual(
      expect.arrayContaining(['MailThrottled', 'MailQuotaExhausted', 'MailUnavailable', 'RecordsUnavailable']),
    );
    expect(caught).not.toContain('States.ALL');
    expect(caught).not.toContain('States.TaskFailed');
    expect(caught).not.toContain('HandoffAbandoned');
  });

  it('rides out a daily mail quota', () => {
    const { state } = named('Ask to confirm the handoff');
    const throttled = (
      state['Retry'] as { ErrorEquals: string[]; MaxAttempts: number; MaxDelaySeconds: number }[]
    ).find(({ ErrorEquals }) => ErrorEquals.includes('MailQuotaExhausted'));
    // Full jitter halves a pause on average.
    expect((throttled?.MaxAttempts ?? 0) * ((throttled?.MaxDelaySeconds ?? 0) / 2)).toBeGreaterThanOrEqual(36 * 3600);
  });

  it('rides out a day without a service, and no day on a name that a missing permission may have', () => {
    const lasts = ({ IntervalSeconds = 0, MaxAttempts = 0, MaxDelaySeconds = 0 }: Readonly<Record<string, number>>) =>
      // Full jitter halves a pause on average.
      Array.from({ length: MaxAttempts }, (_, i) => Math.min(IntervalSeconds * 2 ** i, MaxDelaySeconds) / 2).reduce(
        (sum, pause) => sum + pause,
      ) / 3600;
    const hoursOf = new Map<string, Set<number>>();
    for (const { state } of states)
      for (const rule of (state['Retry'] ?? []) as { ErrorEquals: string[] }[])
        for (const error of rule.ErrorEquals)
          hoursOf.set(error, (hoursOf.get(error) ?? new Set()).add(lasts(rule as never)));
    const shared = ['DynamoDb.DynamoDbException', 'Sandbox.Timedout', 'TimeoutError'];
    const soon = ['Lambda.AWSLambdaException', 'Lambda.Unknown', 'Runtime.ExitError', 'MailThrottled'];
    for (const [error, [hours = 0, ...others]] of hoursOf) {
      expect(others, error).toEqual([]);
      if (soon.includes(error)) expect(hours, error).toBeLessThan(6);
      else if (shared.includes(error)) expect([hours > 1.25, hours < 2], error).toEqual([true, true]);
      else expect(hours, error).toBeGreaterThan(28);
    }
    for (const error of ['RecordsUnavailable', 'ServiceUnavailable', 'DynamoDb.ThrottlingException', ...shared])
      expect(hoursOf.has(error), error).toBe(true);
    expect([...hoursOf.keys()].filter((error) => /Denied|Forbidden/.test(error))).toEqual([]);
  });

  it('has no field of JSONPath', () => {
    const ofJsonPath =
      /^(InputPath|OutputPath|ResultPath|Parameters|ResultSelector|ItemSelector|Variable|.*Path|.*\.\$)$/;
    expect(textsIn(machine).filter((text) => ofJsonPath.test(text))).toEqual([]);
    expect(machine.QueryLanguage).toBe('JSONata');
    expect(textsIn(machine.States)).not.toContain('QueryLanguage');
  });

  it('has the placeholders that are filled at deployment, and no others', () => {
    const placeholders = [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name);
    expect([...new Set(placeholders)].sort()).toEqual([
      'CloseHandoffFunctionArn',
      'HandoffTable',
      'NotifyFunctionArn',
      'ValidatePackageFunctionArn',
    ]);
  });

  it('gives every Lambda the handoff and the time', () => {
    const invokes = states.filter(({ state }) => state['Resource'] === 'arn:aws:states:::lambda:invoke');
    for (const { state } of invokes)
      expect(state['Arguments']).toMatchObject({
        Payload: {
          handoffId: '{% $states.context.Execution.Input.handoffId %}',
          at: '{% $states.context.State.EnteredTime %}',
        },
      });
  });
});

describe('the variables', () => {
  const assigned = new Map<string, Set<string>>();
  for (const { state, path } of states) {
    const rules = [state, ...((state['Choices'] ?? []) as object[]), ...((state['Catch'] ?? []) as object[])];
    const names = rules.flatMap((rule) => Object.keys(('Assign' in rule && rule.Assign) || {}));
    const key = path.join(' > ');
    assigned.set(key, new Set([...(assigned.get(key) ?? []), ...names]));
  }
  const outerOf = (path: readonly string[]): string[] =>
    path.flatMap((_, depth) => [...(assigned.get(path.slice(0, depth).join(' > ')) ?? [])]);

  it('are never assigned in a branch under a name that an outer scope has', () => {
    const clashes = states.flatMap(({ path }) => {
      const own = assigned.get(path.join(' > ')) ?? new Set();
      return outerOf(path).filter((name) => own.has(name));
    });
    expect(clashes).toEqual([]);
    expect([...assigned.values()].some((names) => names.size > 0)).toBe(true);
  });

  it('are known where they are used', () => {
    const unknown = states.flatMap(({ name, state, path }) => {
      const { Branches: _, ItemProcessor: _inside, ...own } = state;
      const known = new Set([...outerOf(path), ...(assigned.get(path.join(' > ')) ?? [])]);
      const used = textsIn(own)
        .filter((text) => text.startsWith('{%'))
        .flatMap((text) => [...text.matchAll(/\$([A-Za-z]\w*)(?!\w*\()/g)].map(([, variable]) => variable ?? ''))
        .filter((variable) => variable !== 'states');
      return used.filter((variable) => !known.has(variable)).map((variable) => `${name}: $${variable}`);
    });
    expect(unknown).toEqual([]);
  });
});
