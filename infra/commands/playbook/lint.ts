import { parseArgs } from 'node:util';
import { playbookFindings } from '../../../statemachines/advice/playbook-findings.ts';
import { playbookOption } from '../../local/command-line.ts';
import { UnusableOptions } from '../deployment.ts';
import { readRosterFile } from './inputs.ts';

/** `playbook lint`: what a playbook's settings would do that nobody wants. */
export async function lintCommand(args: string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      playbook: { type: 'string' },
      roster: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 0) throw new UnusableOptions(`Unknown: ${positionals.join(', ')}.`);
  const playbook = playbookOption(values.playbook);
  const roster = values.roster === undefined ? undefined : await readRosterFile(values.roster);
  const findings = playbookFindings(playbook, roster);
  if (values.json) say(JSON.stringify(findings, null, 2));
  else {
    for (const { rule, sentence, remedy } of findings) say(`${rule}: ${sentence}\n  ${remedy}\n`);
    const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    say(
      findings.length === 0
        ? `The playbook "${playbook.name}" is clean.`
        : `${count} in the playbook "${playbook.name}".`,
    );
  }
  return findings.length === 0 ? 0 : 1;
}
