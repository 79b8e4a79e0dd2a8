import { spawnSync } from 'node:child_process';
import { settingsOf } from '../stack/settings.ts';
import { cdkProcess } from './cdk-process.ts';
import { stagesSet } from './stages.ts';

/** `npm run deploy|diff|destroy -- <stage> [options of cdk]`: the CDK command for one stage of `cdk.json`. */
const [command = '', stage = '', ...options] = process.argv.slice(2);
const stages = stagesSet();

/** Deploying what the sample says would ask SES for somebody else's domain. */
const isSample = (address: string): boolean => /@(.*\.)?example\.(com|org|net)$/.test(address);

function problem(): string | undefined {
  if (!['deploy', 'diff', 'destroy'].includes(command)) return `"${command}" is none of deploy, diff, destroy.`;
  if (!stage || stage.startsWith('-'))
    return `Say which stage: npm run ${command} -- <stage>. cdk.json has: ${Object.keys(stages).join(', ')}.`;
  try {
    const { sender, alarmMail } = settingsOf(stage, stages);
    if (command === 'deploy' && [sender, alarmMail].some(isSample))
      return `Stage "${stage}" is a sample: give cdk.json a stage with a sender and an alarmMail of your own.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}

const refused = problem();
if (refused) {
  console.error(refused);
  process.exit(2);
}
if (command === 'destroy')
  console.error(
    'The table stays, with all handoffs in it (and the key and the verified sender, where the stack made them).\nRunning handoffs are stopped; reminders of renewals, the archive of deals, dead letters and logs are deleted.',
  );
const { file, args } = cdkProcess([command, '-c', `stage=${stage}`, ...options]);
const { status } = spawnSync(file, args, { stdio: 'inherit' });
process.exit(status ?? 1);
