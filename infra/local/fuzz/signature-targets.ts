import fc from 'fast-check';
import { connectorOf } from '../../../functions/crm/connectors.ts';
import { hmacSha256 } from '../../../functions/crm/signature.ts';
import type { CrmSecrets, CrmSettings } from '../../../functions/ports/crm-access.ts';
import { mutatedText } from './mutations.ts';
import { soldAt } from './recorded.ts';
import { type FuzzTarget, targetOf } from './target.ts';

export interface SignedBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a CRM proves who it is. */
interface Signer {
  readonly secrets: CrmSecrets;
  readonly settings: CrmSettings;
  readonly sign: (body: string) => Readonly<Record<string, string>>;
  /** The headers that have to be as they were signed, with the body where it is signed. */
  readonly proof: readonly string[];
  readonly signsBody: boolean;
}

const settings = (account: string): CrmSettings => ({
  account,
  apiUrl: 'https://api.example.com',
  webhookUrl: 'https://handoff.example.com/crm/webhook',
});

const now = Date.parse(soldAt);

/** Those that send webhooks. */
export const signers: Readonly<Record<string, Signer>> = {
  hubspot: {
    secrets: { accessToken: 'pat-fuzz', clientSecret: 'client-secret-of-ours' },
    settings: settings('24681357'),
    sign: (body) => ({
      'x-hubspot-signature-v3': hmacSha256(
        'client-secret-of-ours',
        'POST',
        settings('').webhookUrl,
        body,
        String(now),
      ).toString('base64'),
      'x-hubspot-request-timestamp': String(now),
    }),
    proof: ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'],
    signsBody: true,
  },
  pipedrive: {
    secrets: { apiToken: 'token', webhookUser: 'handoff', webhookPassword: 'password-of-ours' },
    settings: settings('7654321'),
    sign: () => ({ authorization: `Basic ${Buffer.from('handoff:password-of-ours').toString('base64')}` }),
    proof: ['authorization'],
    signsBody: false,
  },
  webhook: {
    secrets: { webhookSecret: `whsec_${Buffer.alloc(24, 7).toString('base64')}` },
    settings: settings('own'),
    sign: (body) => {
      const [id, seconds] = ['msg_1', String(now / 1000)];
      const signature = hmacSha256(Buffer.alloc(24, 7), `${id}.${seconds}.`, body).toString('base64');
      return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
    },
    proof: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    signsBody: true,
  },
};

/** What we hold of the secrets: none that help, or the right one. */
const held = {
  none: () => [],
  empty: () => [{}],
  blank: (secrets: CrmSecrets) => [Object.fromEntries(Object.keys(secrets).map((name) => [name, '']))],
  other: (secrets: CrmSecrets) => [
    Object.fromEntries(Object.keys(secrets).map((name) => [name, `whsec_${Buffer.alloc(24, 9).toString('base64')}`])),
  ],
  ours: (secrets: CrmSecrets) => [secrets],
} as const satisfies Readonly<Record<string, (secrets: CrmSecrets) => readonly CrmSecrets[]>>;

const body = '[{"eventId":1,"subscriptionType":"deal.propertyChange","objectId":7}]';

/** Whether a CRM's check believes what is signed, and nothing else, whatever stands in headers and body. */
export function signatureTarget(name: string, { secrets, settings, sign, proof, signsBody }: Signer): FuzzTarget {
  const signed = sign(body);
  const other = sign(`${body} `);
  const texts = Object.values(signed);
  const value = fc.oneof(
    fc.constantFrom(...texts, ...Object.values(other), 'Basic Og==', 'v1,', 'Basic'),
    mutatedText(texts),
    fc.string(),
  );
  const edits = fc.array(
    fc.tuple(fc.constantFrom(...proof, 'constructor', '__proto__'), fc.option(value, { nil: null })),
    { maxLength: 3 },
  );
  const inputs = fc.record({
    held: fc.constantFrom(...(Object.keys(held) as (keyof typeof held)[]), 'ours' as const, 'ours' as const),
    edits,
    body: fc.oneof(
      { weight: 3, arbitrary: fc.constant(body) },
      mutatedText([body]),
      fc.constantFrom('', ` ${body}`, `${body}\n`, `\ufeff${body}`),
    ),
  });
  return targetOf(inputs, (input) => {
    const changed = input.edits.filter((edit): edit is [string, string] => edit[1] !== null);
    const gone = new Set(input.edits.map(([header]) => header));
    const kept = Object.entries(signed).filter(([header]) => !gone.has(header));
    const headers: Readonly<Record<string, string>> = Object.fromEntries([...kept, ...changed]);
    const rawBody = Buffer.from(input.body);
    const isSigned =
      input.held === 'ours' &&
      proof.every((header) => isProof(header, headers[header], signed[header])) &&
      (!signsBody || rawBody.equals(Buffer.from(body)));
    const { webhookProblem } = connectorOf(name);
    if (webhookProblem === undefined) return 'It checks nothing.';
    const proofs = { settings, secrets: held[input.held](secrets), now };
    const found = webhookProblem({ method: 'POST', headers, rawBody }, proofs);
    if (isSigned && found !== undefined) return `It is signed, and said to be ${found}.`;
    return !isSigned && found === undefined ? 'It is not signed, and believed.' : undefined;
  });
}

/** Whether a header still proves what it proved. Several signatures may stand in one header, and Basic is written in any case. */
function isProof(header: string, given: string | undefined, signed: string | undefined): boolean {
  if (given === undefined || signed === undefined) return false;
  if (given === signed || (header === 'webhook-signature' && given.split(' ').includes(signed))) return true;
  const [, credentials] = /^basic ([a-z0-9+/]+={0,2})$/i.exec(given) ?? [];
  const [, ours] = /^Basic (.+)$/.exec(signed) ?? [];
  if (credentials === undefined || ours === undefined) return false;
  return Buffer.from(credentials, 'base64').equals(Buffer.from(ours, 'base64'));
}
