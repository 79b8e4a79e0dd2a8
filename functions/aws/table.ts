/** The one table: how its keys look, and which indexes it has. Adapters, CDK and the local account all read it here. */

export const partition = {
  handoff: (id: string) => `HANDOFF#${id}`,
  /** Every won episode of a deal. */
  deal: (dealId: string) => `CRM#${dealId}`,
  playbook: (hash: string) => `PLAYBOOK#${hash}`,
  link: (hash: string) => `LINK#${hash}`,
  /** A link to somebody's desk. */
  desk: (hash: string) => `DESK#${hash}`,
  /** When somebody ended the links to their desk. */
  desksEnded: (email: string) => `DESKENDED#${email}`,
  /** Who opened their desk in a month: `2026-11`. */
  desksOpened: (month: string) => `DESKOPENED#${month}`,
  /** The mails to somebody that are about no single handoff. */
  reported: (email: string) => `REPORTED#${email}`,
  /** The handoffs that somebody's daily digest has to look at. */
  digest: (email: string) => `DIGEST#${email}`,
  /** What happened in an ISO week: `2026-W47`. */
  facts: (week: string) => `FACTS#${week}`,
  /** The facts of a handoff that stand. */
  factsOf: (id: string) => `FACTSOF#${id}`,
  /** The rows in reports of handoffs signed in a month: `2026-11`; `ALL`: what is so of all of them. */
  measured: (month: string) => `MEASURED#${month}`,
  /** Who is behind the ids in facts. */
  pseudonyms: 'PSEUDONYMS',
  /** The numbers of weeks as they went out. */
  published: 'PUBLISHED',
  /** What the audit of a quarter came to. */
  audit: (quarter: string) => `AUDITED#${quarter}`,
  roster: 'ROSTER',
  suppressed: (email: string) => `SUPPRESSED#${email}`,
  /** Who comes next when more mails are due than SES takes a second. */
  mailTurns: 'MAILTURNS',
  /** Whom a command is forgetting at the moment, until it has. */
  forgetting: 'FORGETTING',
  refused: 'REFUSED',
  /** What was last seen of a deal in the CRM. */
  seenDeal: (dealId: string) => `SEEN#${dealId}`,
  /** What was written back into the CRM of a handoff. */
  writtenBack: (id: string) => `WRITTEN#${id}`,
  /** A request that was heard. */
  heard: (digest: string) => `HEARD#${digest}`,
  /** What was too large for the bus. */
  claim: (digest: string) => `CLAIM#${digest}`,
} as const;

/** Partitions as IAM's `dynamodb:LeadingKeys` takes them, `*` for the part that differs from item to item. */
export const partitionPattern = {
  handoff: partition.handoff('*'),
  deal: partition.deal('*'),
  playbook: partition.playbook('*'),
  link: partition.link('*'),
  desk: partition.desk('*'),
  desksEnded: partition.desksEnded('*'),
  desksOpened: partition.desksOpened('*'),
  reported: partition.reported('*'),
  digest: partition.digest('*'),
  published: partition.published,
  audit: partition.audit('*'),
  suppressed: partition.suppressed('*'),
  mailTurns: partition.mailTurns,
  facts: partition.facts('*'),
  factsOf: partition.factsOf('*'),
  measured: partition.measured('*'),
  pseudonyms: partition.pseudonyms,
  roster: partition.roster,
  refused: partition.refused,
  seenDeal: partition.seenDeal('*'),
  writtenBack: partition.writtenBack('*'),
  heard: partition.heard('*'),
  claim: partition.claim('*'),
} as const;

/** What functions do with the table. */
export type TableAction = 'BatchGetItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';

/**
 * How the sort keys begin of what stands in the partition of a deal. The episodes come last: code of an earlier deploy takes
 * the last one of the partition for the newest episode.
 */
export const ofDeal = {
  again: 'AGAIN#',
  ended: 'ENDED#',
  /** Another deal whose episodes count here: read with them, and sorted before them. */
  joined: 'EPISODE OF#',
  episode: 'EPISODE#',
  /** How both begin. */
  anyEpisode: 'EPISODE',
} as const;

export const sort = {
  deal: 'DEAL',
  draft: 'DRAFT',
  handoff: 'HANDOFF',
  package: 'PACKAGE',
  step: (step: string) => `STEP#${step}`,
  /** A round of a step that is over. */
  round: (step: string, round: number) => `${sort.rounds(step)}${String(round).padStart(6, '0')}`,
  rounds: (step: string): string => `ROUND#${step}#`,
  mail: (key: string) => `MAIL#${key}`,
  /** What a night found to have arrived, right behind the mails themselves. */
  arrived: (at: string, key: string): string => `${sort.arrivals}${at}#${key}`,
  arrivals: 'MAIL_ARRIVED#',
  topic: (handoff: string) => `TOPIC#${handoff}`,
  meeting: (meeting: string) => `MEETING#${meeting}`,
  outcome: (key: string) => `OUTCOME#${key}`,
  note: (at: string, key: string) => `NOTE#${at}#${key}`,
  audit: (at: string, key: string) => `${firstOfAudit}${at}#${key}`,
  again: (at: string, key: string) => `${ofDeal.again}${at}#${key}`,
  ended: (at: string, key: string) => `${ofDeal.ended}${at}#${key}`,
  episode: (episode: number) => `${ofDeal.episode}${String(episode).padStart(6, '0')}`,
  joined: (dealId: string) => `${ofDeal.joined}${dealId}`,
  week: (week: string) => `WEEK#${week}`,
  remediation: (id: string) => `NOTE#${id}`,
  person: (email: string) => `PERSON#${email}`,
  fact: (handoff: string, key: string, revision: number) => `${handoff}#${key}#${String(revision).padStart(6, '0')}`,
  factsIn: (handoff: string) => `${handoff}#`,
  factsOf: 'FACTS',
  measured: 'MEASURED',
  measuredRows: (chunk: number) => `ROWS#${String(chunk).padStart(6, '0')}`,
  measuredPlaybook: (hash: string) => `PLAYBOOK#${hash}`,
  playbook: 'PLAYBOOK',
  link: 'LINK',
  desk: 'DESK',
  suppressed: 'SUPPRESSED',
  mailTurn: 'TURN',
  seenDeal: 'SEEN',
  writtenBack: 'WRITTEN',
  heard: 'HEARD',
  claim: (part: number) => `PART#${String(part).padStart(6, '0')}`,
} as const;

/** Where the audit trail begins. */
export const firstOfAudit = 'AUDIT#';

/** The audit trail sorts before everything else of a handoff, so that reading the handoff can begin behind it. */
export const firstAfterAudit = sort.deal;

/** Sparse: only open steps and open handoffs have these attributes, and what is still to be measured. */
export const openWork = {
  name: 'openWork',
  partitionKey: 'openOwner',
  /** Whose are the handoffs that have ended, and outcomes, until they are measured: no mail address. */
  toMeasure: 'MEASURE',
  /** `STEP#<due>#…` or `HANDOFF#…`. */
  sortKey: 'openKey',
  /** It is counted, never read: what changes in an item is not written (and billed) here again. */
  projection: 'KEYS_ONLY',
} as const;

/** Links are forgotten some time after they have expired, so that an expired one can still say so. */
export const timeToLive = 'expiresAtEpoch';
