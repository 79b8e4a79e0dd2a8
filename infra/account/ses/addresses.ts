import { AwsError } from '../wire/errors.ts';

/** SES's complaint about a parameter, or about the message in it. */
export function parameterError(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/** The address of `Name <address>` or of a bare address. */
export function bareAddress(text: string): string {
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim();
}

/** Refuses what SES takes for no address. */
export function checkAddress(address: string): void {
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) throw parameterError("Missing final '@domain'");
  if (!/^[\x21-\x7e]+$/.test(address.slice(0, at)))
    throw parameterError('Local address contains control or whitespace');
  if (/[\s\p{Cc}]/u.test(address.slice(at))) throw parameterError('Domain contains control or whitespace');
}
