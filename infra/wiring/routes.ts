import type { FunctionName } from './function-names.ts';

export interface PageRoute {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** A path as API Gateway writes it, with its parameters in braces. */
  readonly path: string;
  readonly target: FunctionName;
  /** Open only to whom the stage's setting `operations` lets in; without one, not there. */
  readonly forOperations?: true;
  /** Open where the stage's CRM speaks by webhooks. */
  readonly forCrm?: true;
  /** Requests a second, and at once, that get through by this way, whoever sends them: each way has a budget of its own. */
  readonly limit: { readonly rate: number; readonly burst: number };
}

/** Showing a page reads a little. A flood of it, as of guessed links, leaves those alone who decide. */
const shows = { rate: 100, burst: 200 } as const;
const readsMuch = { rate: 20, burst: 50 } as const;
const looks = { rate: 5, burst: 20 } as const;
const decides = { rate: 20, burst: 50 } as const;
/** What is typed into a form is saved field by field; whoever types fast leaves those alone who decide. */
const saves = { rate: 50, burst: 100 } as const;
/** Each may send a mail: at most one in ten minutes for a link, and none for a link that nobody has. */
const mails = { rate: 2, burst: 10 } as const;

/** A CRM tells of up to a hundred events at once, and sends again what it could not get rid of. */
const tells = { rate: 50, burst: 200 } as const;

/**
 * Every way in from outside: the pages behind the links in mails, those for operations, and what the CRM says. GET only shows, POST
 * decides.
 */
export const routes: readonly PageRoute[] = [
  { method: 'GET', path: '/s/{link}', target: 'show-page', limit: shows },
  // Mail gateways look so whether a link leads anywhere: as GET, without the page.
  { method: 'HEAD', path: '/s/{link}', target: 'show-page', limit: shows },
  { method: 'GET', path: '/s/{link}/brief', target: 'show-page', limit: shows },
  { method: 'GET', path: '/s/{link}/plan', target: 'show-page', limit: shows },
  // A desk reads up to forty handoffs.
  { method: 'GET', path: '/d/{link}', target: 'show-desk', limit: readsMuch },
  // Reports read all handoffs of a year, some items a month.
  { method: 'GET', path: '/r/{link}', target: 'show-reports', limit: readsMuch },
  { method: 'GET', path: '/r/{link}/{page}', target: 'show-reports', limit: readsMuch },
  { method: 'GET', path: '/r/{link}/audit/{quarter}', target: 'audit-quarter', limit: looks },
  { method: 'POST', path: '/r/{link}/audit/{quarter}', target: 'audit-quarter', limit: looks },
  // Whoever runs the system, a few people: a board reads up to forty handoffs, and what is open at everybody.
  { method: 'GET', path: '/operations', target: 'show-operations', forOperations: true, limit: looks },
  { method: 'GET', path: '/operations/handoffs/{id}', target: 'show-operations', forOperations: true, limit: looks },
  { method: 'POST', path: '/s/{link}', target: 'decide-step', limit: decides },
  { method: 'POST', path: '/s/{link}/field', target: 'decide-step', limit: saves },
  { method: 'POST', path: '/s/{link}/fresh', target: 'decide-step', limit: mails },
  { method: 'POST', path: '/d/{link}', target: 'act-on-desk', limit: decides },
  { method: 'POST', path: '/d/{link}/fresh', target: 'decide-step', limit: mails },
  { method: 'POST', path: '/crm/{crm}', target: 'hear-webhook', forCrm: true, limit: tells },
];
