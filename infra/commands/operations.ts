import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { listenLocally } from '../account/wire/server.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { clientsOf, deployedVariables, findDeployment, runOnDeployment, UnusableOptions } from './deployment.ts';
import { type OperationsOptions, readOptions, siteAddress } from './operations/options.ts';
import { operationsProxy } from './operations/proxy.ts';
import { signed, withToken } from './operations/reach-site.ts';

const usage = `Usage: npm run operations -- <stage> | --site <address>

Opens the pages for operations in a browser on this machine: the board, and every handoff by itself. It listens on 127.0.0.1 and hands
on GET requests, signed with your AWS credentials, or with the token in OPERATIONS_TOKEN where the stage trusts your company's
identity provider (--site then needs no AWS credentials). PORT chooses the port. Without a stage it takes AWS_ENDPOINT_URL of
an account on this machine (npm start). Ctrl+C ends it.

Exit code 0: ended by you; 1: AWS did not do what was asked; 2: the options cannot be used.`;

const remedies = {
  signed:
    'Your AWS credentials need execute-api:Invoke on the output OperationsArn of the stack (infra/docs/deploying.md).',
  token: 'The token in OPERATIONS_TOKEN has expired, or is not meant for this site: get a new one, and start again.',
} as const;

/** `npm run operations`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { site: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { port, token, at } = readOptions(process.env, { stages: positionals, site: values.site });
  const site = await siteOf(at);
  const { lambda } = clientsOf(process.env);
  const proxy =
    token === undefined
      ? { reach: signed(lambda, site), remedy: remedies.signed }
      : { reach: withToken(token, site), remedy: remedies.token };
  const listening = await listenLocally(operationsProxy(proxy), port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    throw new UnusableOptions(`Port ${port} cannot be had on this machine. Leave out PORT for any free one.`);
  });
  console.log(
    `The pages for operations of ${site}, as you may see them:\n\n  ${listening.url}/operations\n\nCtrl+C ends it.`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await listening.close();
  return 0;
}

/** The site's address; of a stage, as its function for these pages was told it. */
async function siteOf(at: OperationsOptions['at']): Promise<string> {
  if ('site' in at) return at.site;
  const { stage } = at;
  await findDeployment(process.env, stage);
  const variables = await deployedVariables(process.env)(stageName(stage, 'show-operations' satisfies FunctionName));
  if (variables?.['SITE_URL'] !== undefined) return siteAddress(variables['SITE_URL']);
  throw new UnusableOptions(
    `The stage ${stage} has no pages for operations. Set "operations" in it ("iam", or your identity provider) in cdk.json, and deploy: infra/docs/deploying.md.`,
  );
}

await runOnDeployment(main, usage);
