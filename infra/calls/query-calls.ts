import { CallRefused, type CallSettings, signedCall } from '../../functions/aws/signed-calls.ts';

/** A call in AWS's Query protocol: the action's name and its parameters in, the answer's XML out. Rejects with CallRefused. */
export type QueryCall = (action: string, parameters: Readonly<Record<string, string>>) => Promise<string>;

export const queryCalls =
  (settings: CallSettings, of: { readonly service: string; readonly version: string }, endpoint?: string): QueryCall =>
  async (action, parameters) => {
    const { status, text } = await signedCall(
      settings,
      {
        service: of.service,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ Action: action, Version: of.version, ...parameters }).toString(),
      },
      endpoint,
    );
    if (status < 300) return text;
    const [code = `Status${status}`] = textsIn(text, 'Code');
    throw new CallRefused(code, textsIn(text, 'Message')[0] ?? '', status);
  };

/** The texts of the elements of that name in AWS's XML, which knows neither attributes nor comments there. */
export const textsIn = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => unescaped(text));

const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    name ? (characters[name] ?? whole) : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  );
