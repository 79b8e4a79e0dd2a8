import { InvokeCommand } from '@aws-sdk/client-lambda';
import { handoffIdOf } from '../../../functions/domain/deal/deal.ts';
import {
  askSteps,
  type NamedStep,
  openItemStep,
  packageStep,
} from '../../../functions/domain/playbook/capabilities.ts';
import { fillIn } from '../../../infra/local/play/answers.ts';
import { asksIn } from '../../../infra/local/play/asks-in-mail.ts';
import { choicesOn, formFor } from '../../../infra/local/play/page-form.ts';
import { visit } from '../../../infra/local/play/visit.ts';
import { putOnBus } from '../../../infra/local/put-event.ts';
import type { System } from '../../../infra/local/system.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { dealOf, roster, type SampleName, sampleEvent } from '../../support/deals.ts';
import { mailEvent } from '../../support/mail-events.ts';
import { type Course, day } from './course.ts';
import type { Interruption } from './interruptions.ts';

function found(step: NamedStep | undefined): NamedStep {
  if (!step) throw new Error('The synthesized playbook has no such step.');
  return step;
}

const asked = askSteps(playbook);
const completing = found(packageStep(playbook));
const settling = found(openItemStep(playbook));
/** The step that plans the meeting with the customer, and the one that holds it. */
const inviting = found(asked.find(({ rule }) => Object(playbook.meetings)[rule.plans ?? '']?.withCustomer));
const holding = found(asked.find(({ rule }) => rule.holds !== undefined && rule.holds === inviting.rule.plans));
/** It is asked again while the answer is no, and the last no calls for an open item. */
const repeated = found(asked.find(({ rule }) => rule.marks !== undefined && rule.repeat !== undefined));
const no = repeated.rule.repeat?.choice ?? '';
const rounds = repeated.rule.repeat?.times ?? 0;
/** A no to one of its questions calls for an open item at once. */
const questioning = found(
  asked.find(({ rule }) => rule.choices.some(({ evidence }) => evidence.some(({ name }) => name === 'allKeyContacts'))),
);

const idOf = (sample: SampleName): string => handoffIdOf(dealOf(sampleEvent(sample)));
/** The CRM says that a deal is lost. */
const lost = (sample: SampleName) => ({
  source: 'handoff.crm',
  'detail-type': 'Deal Lost',
  detail: { dealId: sampleEvent(sample).detail['dealId'] },
});

/** The table is too busy to take the token of a state that waits for a step: nothing waits for an answer in that time. */
export const withoutToken = (step: string, more: Pick<Interruption, 'when' | 'meanwhile'> = {}): Interruption => ({
  by: 'state machine',
  action: 'UpdateItem',
  item: `STEP#${step}`,
  fault: 'throttled',
  times: 8,
  ...more,
});

/** The last mail to somebody, or the last that says something, comes back hours after it was sent. */
export async function bounceLate({ account, clients, clock }: System, email: string, saying = ''): Promise<void> {
  const mail = account.inbox.mails.findLast(
    ({ to, text }) => to.some(({ address }) => address === email) && text.replace(/\s+/g, ' ').includes(saying),
  );
  if (!mail) throw new Error(`${email} has got no mail.`);
  const at = new Date(clock.now()).toISOString();
  const tags = Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]]));
  const event = mailEvent('Bounce', {
    to: [email],
    messageId: mail.id,
    tags,
    at,
    sentAt: new Date(mail.at).toISOString(),
  });
  await clients.lambda.send(
    new InvokeCommand({
      FunctionName: 'handoff-sample-track-mail',
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
}

/** The owner of a step answers at this very moment, by their newest link. */
export async function answerNow(
  system: System,
  step: string,
  choice: string,
  evidence: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { mails } = system.account.inbox;
  const asks = mails.flatMap((mail) => asksIn(mail).map((ask) => ({ ...ask, to: mail.to[0]?.address ?? '' })));
  const ask = asks.findLast((each) => each.step === step && each.kind === 'ask');
  const person = roster().find(({ email }) => email === ask?.to);
  if (!ask || !person) throw new Error(`Nobody was asked for ${step}.`);
  const link = asks.findLast(({ step: about, to }) => about === step && to === ask.to)?.link ?? ask.link;
  const page = await visit(system, { method: 'GET', path: link });
  const form = formFor(page.body, choice);
  if (!form) throw new Error(`The page of ${step} does not offer "${choice}": ${page.status} ${choicesOn(page.body)}.`);
  const rule = askSteps(playbook).find(({ id }) => step.startsWith(id))?.rule;
  const at = new Date(system.clock.now()).toISOString();
  const body = fillIn({ form, evidence, rule, at, zone: person.availability.zone });
  await visit(system, { method: 'POST', path: link, body: body.toString() });
}

/** Where somebody is interrupted, and others do the rest: what each of them has to be allowed for that. */
export const interruptedCourses: Readonly<Record<string, Course>> = {
  'validated again after a deploy': {
    manner: 'silent',
    interruptions: (stood) => [
      {
        by: 'validate-package',
        action: 'PutItem',
        item: 'HANDOFF',
        fault: 'killed after',
        meanwhile: () => stood().deploy('agency'),
      },
    ],
    before: ({ system }, start) => system.clock.at(start + day, () => putOnBus(system, lost('complete-standard'))),
  },

  'a kickoff called off, and lost before the next': {
    script: { [inviting.id]: [{}, { choice: 'call-off-meeting' }] },
    interruptions: () => [
      // The answer is lost, and the decision sent once more.
      { by: 'decide-step', action: 'UpdateItem', item: 'STEP#', fault: 'sent twice' },
      // SES is too busy for the customer's update.
      { by: 'decide-step', action: 'SendRawEmail', fault: 'throttled' },
    ],
    before: ({ system }) => {
      let invited = 0;
      system.account.inbox.watch(({ tags }) => {
        if (tags['kind'] !== 'kickoff-invitation' || ++invited !== 2) return;
        system.clock.at(system.clock.now() + day / 24, () => putOnBus(system, lost('complete-standard')));
      });
    },
  },

  'nobody can be reached before anything waits for an answer': {
    manner: 'silent',
    interruptions: () => [withoutToken('')],
    before: ({ system }, start) => {
      for (const { email } of roster().slice(0, 4)) system.account.mailTrouble.bounce(email);
      system.clock.at(start + 5 * day, () => putOnBus(system, lost('complete-standard')));
    },
  },

  'canceled by somebody who was interrupted, while a mail comes back': {
    interruptions: (stood) => {
      let isBack = false;
      return [
        withoutToken(holding.id, {
          meanwhile: () => {
            const { system } = stood();
            system.clock.at(system.clock.now() + 500, async () => {
              const record = await system.world.handoffs.load(idOf('complete-standard'));
              isBack = true;
              await bounceLate(system, record?.steps[holding.id]?.owner ?? '');
            });
          },
        }),
        {
          by: 'track-mail',
          action: 'BatchGetItem',
          when: () => isBack,
          // After it has read the handoff, and before it asks about its steps.
          meanwhile: () => {
            const { system } = stood();
            void system.world.handoffs.changeStatus({
              id: idOf('complete-standard'),
              from: ['open'],
              to: 'cancelled',
              at: new Date(system.clock.now()).toISOString(),
              reason: 'The customer withdrew.',
              ended: { by: 'klaus.brandt@example.com', from: 'page' },
            });
          },
        },
      ];
    },
  },

  'an exception granted by somebody who was interrupted, while a mail comes back': {
    event: sampleEvent('incomplete'),
    script: {
      [completing.id]: [
        { choice: 'request-exception' },
        {
          by: 'ruth.lindqvist@example.com',
          // At no moment at which the step would be asked for again.
          after: 'PT5M',
          choice: completing.rule.choices.find(({ does }) => does === 'grant-exception')?.id,
          evidence: { owner: 'anna.keller@example.com', dueDate: '2026-12-15' },
        },
      ],
    },
    interruptions: (stood) => [
      {
        by: 'decide-step',
        action: 'StartExecution',
        fault: 'killed before',
        meanwhile: () => {
          const { system } = stood();
          system.clock.at(system.clock.now() + 500, () => bounceLate(system, 'anna.keller@example.com'));
        },
      },
    ],
    before: ({ system }, start) => system.clock.at(start + 2 * day, () => putOnBus(system, lost('incomplete'))),
  },

  'closed after two who were interrupted': {
    script: {
      [questioning.id]: { evidence: { allKeyContacts: 'no', missingContacts: 'Who pays.' } },
      [repeated.id]: [...Array.from({ length: rounds - 1 }, () => ({ choice: no })), 'never'],
      [settling.id]: 'never',
    },
    interruptions: (stood) => {
      const item = `${settling.id}-1`;
      const isLast = (): boolean =>
        stood()
          .system.account.inbox.mails.flatMap(asksIn)
          .filter(({ kind, step }) => kind === 'ask' && step === repeated.id).length === rounds;
      return [
        withoutToken(repeated.id, {
          when: isLast,
          meanwhile: () => {
            const { system } = stood();
            system.clock.at(system.clock.now() + 300, () => answerNow(system, item, 'settled'));
            system.clock.at(system.clock.now() + 600, () => answerNow(system, repeated.id, no));
          },
        }),
        { by: 'decide-step', action: 'UpdateItem', item: `STEP#${item}`, fault: 'killed after' },
        { by: 'decide-step', action: 'UpdateItem', item: `STEP#${repeated.id}`, fault: 'killed after', when: isLast },
        // Whoever was told of trouble with the item hears of it from whoever closes the handoff.
        { by: 'close-handoff', action: 'PutItem', item: 'MAIL#', fault: 'sent twice' },
        { by: 'close-handoff', action: 'SendRawEmail', fault: 'throttled' },
      ];
    },
  },
};
