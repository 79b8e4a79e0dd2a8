import type { FunctionName } from '../../wiring/function-names.ts';
import { stageName } from '../../wiring/names.ts';
import { connectionFailure, isFromAws } from '../aws-failure.ts';
import type { VariablesOf } from '../deployment.ts';

/** Where a stage's pages stand, without a slash at the end; or why that is not known yet, a sentence. */
export type StageSite = { readonly url: string } | { readonly unknown: string };

/** What stands where the address of a stage is not known, as its stack calls it. */
export const unknownSite = '<Site>';

interface NamedStage {
  readonly stage: string;
  /** Its own domain, where its settings name one. */
  readonly domain: string | undefined;
}

/** Where the pages of a stage stand: at its own domain, else where its deployed functions are told they do. */
export async function findSite({ stage, domain }: NamedStage, variablesOf: VariablesOf): Promise<StageSite> {
  if (domain !== undefined) return { url: `https://${domain}` };
  try {
    const variables = await variablesOf(stageName(stage, 'show-page' satisfies FunctionName));
    const url = variables?.['SITE_URL'];
    return url
      ? { url }
      : { unknown: 'It has no "domain" in cdk.json, and is not deployed in this account and region.' };
  } catch (error) {
    const failure = connectionFailure(error) ?? (isFromAws(error) ? `AWS did not say: ${error.message}` : undefined);
    if (failure === undefined) throw error;
    return { unknown: `It has no "domain" in cdk.json, and its deployment could not be asked. ${failure}` };
  }
}
