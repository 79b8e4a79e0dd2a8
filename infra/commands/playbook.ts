import { runOnDeployment } from './deployment.ts';
import { explainCommand } from './playbook/explain.ts';
import { lintCommand } from './playbook/lint.ts';

const usage = `Usage: npm run playbook -- explain <event.json> [--playbook <name>] [--roster <roster.json>] [--silent] [--json]

explain  what the playbook makes of a deal: which variant applies, what its package lacks, who is asked, by when and why, and
         who is mailed when nobody acts. Steps count as done when they are due; with --silent nobody ever acts.

--roster names the people of the company, as in test/support/roster.json, which is what explain uses without it.

Exit code 0: all is well; 2: the input cannot be used.`;

const commands: Readonly<Record<string, (args: string[], say: (line: string) => void) => Promise<number>>> = {
  explain: explainCommand,
  lint: lintCommand,
};

/** `npm run playbook`: see the usage above. */
async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command || args.includes('--help')) {
    console.log(usage);
    return args.includes('--help') || name === '--help' ? 0 : 2;
  }
  return command(args, (line) => console.log(line));
}

await runOnDeployment(main, usage);
