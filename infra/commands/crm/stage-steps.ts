import type { SharedSteps } from '../../../functions/crm/crm-setup.ts';

interface ConnectedStage {
  readonly stage: string;
  /** The CRM, by the name that settings use. */
  readonly crm: string;
  /** The parameter of Systems Manager that holds the secrets. */
  readonly parameter: string;
  /** What each secret is, by its name. */
  readonly secretNames: Readonly<Record<string, string>>;
  /** The line that its settings still lack. */
  readonly line?: string;
}

/** The steps of connecting any CRM that are done at the stage. */
export const stageSteps = ({ stage, crm, parameter, secretNames, line }: ConnectedStage): SharedSteps => ({
  // The secrets are in no history of a shell: they come from a file.
  secrets: {
    what: 'Save the secrets where the functions read them.',
    how: [
      ...Object.entries(secretNames).map(([name, what]) => `${name}: ${what}`),
      'Write them into a file secrets.json:',
      JSON.stringify({ current: Object.fromEntries(Object.keys(secretNames).map((name) => [name, '…'])) }),
      `aws ssm put-parameter --name ${parameter} --type SecureString --overwrite --value file://secrets.json`,
      'Delete the file. To change a secret later, see "Change a secret" in infra/docs/crm.md.',
    ],
  },
  deploy: {
    what: 'Deploy the stage.',
    how: [
      ...(line === undefined
        ? []
        : [
            `In cdk.json, add to the stage ${stage}, filled in:`,
            line,
            'Every won deal is handed over. Renewals, or a pipeline to leave out? See "deals" in infra/docs/crm.md.',
          ]),
      `npm run deploy -- ${stage}`,
    ],
  },
  create: { what: 'Create the properties.', how: [`npm run crm -- setup ${crm} ${stage} --create`] },
  check: {
    what: 'Check that all is there.',
    how: [
      `npm run crm -- check ${stage}`,
      `Then change a deal, wait a minute, and say: npm run crm -- check ${stage} --deal <its id>`,
    ],
  },
});
