import { runOnDeployment } from './deployment.ts';
import { diffCommand } from './playbook/diff.ts';
import { explainCommand } from './playbook/explain.ts';
import { lintCommand } from './playbook/lint.ts';
import { upgradeCommand } from './playbook/upgrade.ts';

const usage = `Usage: npm run playbook -- explain <event.json> [--playbook <name>] [--roster <roster.json>] [--silent] [--json]
       npm run playbook -- lint [--playbook <name>] [--roster <roster.json>] [--json]
       npm run playbook -- diff <git ref> [--playbook <name>]
       npm run playbook -- upgrade <handoff id> [--stage <stage>] [--dry-run]

explain  what the playbook makes of a deal: which variant applies, what its package lacks, who is asked, by when and why, and
         who is mailed when nobody acts. Steps count as done when they are due; with --silent nobody ever acts.
lint     laws the playbook breaks, and settings that would do harm: steps that leave no time, ladders that fall silent, two
         mails within the hour, links that expire too early, a last no that leaves nothing to do, roles that nobody holds
         (with --roster).
diff     what the table as it stands changes since that ref, and what it means for handoffs that are running.
upgrade  moves one running handoff to today's rules where that is safe, else says every reason why not. It needs AWS credentials,
         or AWS_ENDPOINT_URL of an account on this machine (npm start), which has no stages. --dry-run changes nothing.

--playbook chooses one of the shipped playbooks (statemachines/shipped-playbooks.ts) instead of the usual one.
--roster names the people of the company, as in test/support/roster.json, which is what explain uses without it.

Exit code 0: all is well; 1: there is something harmful, or the handoff keeps its rules; 2: the input cannot be used.`;

const commands: Readonly<Record<string, (args: string[], say: (line: string) => void) => Promise<number>>> = {
  explain: explainCommand,
  lint: lintCommand,
  diff: diffCommand,
  upgrade: upgradeCommand,
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
