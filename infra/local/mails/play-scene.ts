import { parse } from 'node-html-parser';
import { holderOf } from '../../../functions/domain/handoff/roles-held.ts';
import { createClock } from '../../account/clock.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { asksIn } from '../play/asks-in-mail.ts';
import { employPeople } from '../play/people.ts';
import { visit } from '../play/visit.ts';
import { putOnBus } from '../put-event.ts';
import type { SampleEvent } from '../sample-company.ts';
import { createSystem, type System, silent } from '../system.ts';
import type { Cast, Scene } from './scenes.ts';

const day = 86_400_000;

/** Plays a scene to its end in an account of its own and in virtual time; every mail that SES took, oldest first. */
export async function playScene(scene: Scene, usual: Cast): Promise<readonly Mail[]> {
  const cast = { ...usual, ...scene.changed?.(usual) };
  const { reportsFor } = scene;
  const options = {
    ...(scene.faults && { account: { faults: scene.faults(cast) } }),
    recurs: reportsFor !== undefined,
  };
  return inSystem(cast, options, async (system, start) => {
    const { account, clock } = system;
    employPeople({ ...cast, system, manner: scene.manner, script: scene.script?.(cast) ?? {} });
    for (const email of scene.bouncing?.(cast) ?? []) account.mailTrouble.bounce(email);
    const { proposedBefore = 0 } = scene;
    if (proposedBefore > 0) await put(system, proposedDeal(cast));
    clock.at(start + proposedBefore * day, () => put(system, cast.event));
    for (const { days, type, changed } of scene.later ?? [])
      clock.at(start + days * day, () =>
        put(system, type === 'Deal Changed' ? changedDeal(cast, changed?.(cast)) : stopped(cast, type)),
      );
    if (scene.oldLinksAfter !== undefined) clock.at(start + scene.oldLinksAfter * day, () => askForFreshLinks(system));
    // What recurs keeps no run going: this does.
    if (reportsFor !== undefined) clock.at(start + reportsFor * day, () => undefined);
    await clock.runToEnd(reportsFor === undefined ? {} : { until: start + reportsFor * day });
    return account.inbox.mails;
  });
}

/** Who holds the handoff of a deal, as it is when everybody is prompt. Throws when none begins. */
export async function castOf(given: Pick<Cast, 'playbook' | 'roster' | 'locale' | 'event'>): Promise<Cast> {
  return inSystem(given, {}, async (system, start) => {
    system.clock.at(start, () => put(system, given.event));
    await system.clock.runToEnd({ until: start + day });
    const [execution] = system.account.stepFunctions.executions();
    const record = execution && (await system.world.handoffs.load(execution.name));
    if (!record) throw new Error('No handoff begins with this deal.');
    const seller = holderOf(record, 'accountExecutive') ?? '';
    return { ...given, seller, successManager: holderOf(record, 'customerSuccessManager') ?? '' };
  });
}

async function inSystem<T>(
  { playbook, roster, locale, event }: Pick<Cast, 'playbook' | 'roster' | 'locale' | 'event'>,
  options: Pick<Parameters<typeof createSystem>[0], 'account' | 'recurs'>,
  use: (system: System, start: number) => Promise<T>,
): Promise<T> {
  const start = Date.parse(String(event.detail['closedWonAt']));
  const clock = createClock({ start });
  const system = await createSystem({
    clock,
    roster,
    playbook,
    ...(locale && { locale }),
    siteUrl,
    // What fails is part of the scene.
    observerOf: () => silent,
    ...options,
  });
  try {
    return await use(system, start);
  } finally {
    await system.close();
  }
}

/** As a stage has it: what mails link to is https. */
const siteUrl = 'https://handoff.example.com';

async function put(system: System, event: object): Promise<void> {
  const problem = await putOnBus(system, event);
  if (problem) throw new Error(problem);
}

function changedDeal({ event: { source, detail } }: Cast, changed: object = {}): SampleEvent {
  const { closedWonAt: _at, wonEpisode: _episode, ...facts } = detail;
  return { source, 'detail-type': 'Deal Changed', detail: { ...facts, ...changed } };
}

function proposedDeal({ event: { source, detail } }: Cast): SampleEvent {
  const { closedWonAt, wonEpisode: _episode, ...facts } = detail;
  const expectedCloseOn = String(closedWonAt).slice(0, 10);
  return { source, 'detail-type': 'Deal Proposed', detail: { ...facts, expectedCloseOn } };
}

const stopped = ({ event: { source, detail } }: Cast, type: string): SampleEvent => ({
  source,
  'detail-type': type,
  detail: {
    dealId: detail['dealId'],
    ...(detail['wonEpisode'] !== undefined && { wonEpisode: detail['wonEpisode'] }),
    reason: 'The customer has withdrawn.',
  },
});

/** Everybody opens the first link to a step and the first to their desk that they got, and has a fresh one mailed where it is too old. */
async function askForFreshLinks(system: System): Promise<void> {
  const oldest = new Map<string, string>();
  for (const mail of system.account.inbox.mails)
    for (const link of [...asksIn(mail).map((ask) => ask.link), ...(mail.text.match(/\/d\/[\w.-]+/g) ?? [])]) {
      const whose = `${link.slice(0, 3)} ${mail.to[0]?.address}`;
      if (!oldest.has(whose)) oldest.set(whose, link);
    }
  for (const link of oldest.values()) {
    const page = await visit(system, { method: 'GET', path: link });
    const form = parse(page.body).querySelector(`form[action="${link}/fresh"]`);
    const nonce = form?.querySelector('[name="nonce"]')?.getAttribute('value');
    if (nonce === undefined) continue;
    const body = new URLSearchParams({ nonce }).toString();
    await visit(system, { method: 'POST', path: `${link}/fresh`, body });
  }
}
