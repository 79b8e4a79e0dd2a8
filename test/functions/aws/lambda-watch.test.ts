import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs a script in a process of its own, as the log is what a function writes to its standard output. */
async function logged(script: string, environment: Record<string, string> = {}): Promise<Record<string, unknown>[]> {
  const source = `import { lambdaWatch } from './functions/aws/lambda-watch.ts';\n${script}`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', source], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const watch = `const watch = lambdaWatch('notify', { SERVICE_NAME: 'handoff-test' }, () => 1795386901039);`;

describe('the log of a function', () => {
  it('has one line for an invocation, with the handoff, and metrics of one dimension', async () => {
    const lines = await logged(`${watch}
      watch.began('request-1');
      watch.about('D-1-1');
      watch.count('DealRefused');
      watch.count('DealRefused');
      watch.ended({ step: 'hold-kickoff', outcome: 'sent' });`);
    const [line, metrics, ...more] = lines;
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      level: 'INFO',
      message: 'done',
      timestamp: '2026-11-22T22:35:01.039Z',
      service: 'handoff-test',
      function: 'notify',
      requestId: 'request-1',
      handoffId: 'D-1-1',
      step: 'hold-kickoff',
      outcome: 'sent',
    });
    expect(metrics).toMatchObject({
      _aws: {
        Timestamp: 1795386901039,
        CloudWatchMetrics: [
          { Namespace: 'Handoff', Dimensions: [['service']], Metrics: [{ Name: 'DealRefused', Unit: 'Count' }] },
        ],
      },
      service: 'handoff-test',
      DealRefused: [1, 1],
    });
  });

  it('says once that a step is late, however many hear of it, and forgets the handoff with the invocation', async () => {
    const lines = await logged(`${watch}
      for (const id of ['D-1-1', 'D-2-1']) {
        watch.began(undefined);
        watch.about(id);
        for (const _ of [1, 2]) watch.late({ handoffId: id, step: 'hold-kickoff', rung: 'escalate' });
        watch.ended({});
      }
      watch.began(undefined);
      watch.ended({});`);
    expect(lines.filter(({ message }) => message === 'step-late')).toMatchObject([
      { level: 'WARN', handoffId: 'D-1-1', step: 'hold-kickoff', rung: 'escalate' },
      { level: 'WARN', handoffId: 'D-2-1' },
    ]);
    expect(lines.filter((line) => line['StepLate'] !== undefined)).toMatchObject([
      { StepLate: [1] },
      { StepLate: [1] },
    ]);
    const done = lines.filter(({ message }) => message === 'done');
    expect(done.at(-1)).not.toHaveProperty('handoffId');
  });

  it('names what failed and nothing of what it said; counts are not lost', async () => {
    const lines = await logged(`${watch}
      watch.began('request-1');
      watch.about('D-1-1');
      watch.count('MailRejected');
      watch.failed(new TypeError('anna.keller@example.com'));`);
    expect(lines).toHaveLength(2);
    expect(lines.find(({ level }) => level === 'ERROR')).toMatchObject({
      message: 'failed',
      handoffId: 'D-1-1',
      error: 'TypeError',
    });
    expect(lines.find((line) => '_aws' in line)).toMatchObject({ MailRejected: [1] });
    expect(JSON.stringify(lines)).not.toContain('anna');
  });

  it('is as quiet as it is told to be', async () => {
    const lines = await logged(`const watch = lambdaWatch('notify', { LOG_LEVEL: 'ERROR' }, () => 0);
      watch.began('request-1');
      watch.ended({ outcome: 'sent' });
      watch.failed(new Error('x'));`);
    expect(lines.map(({ level }) => level)).toEqual(['ERROR']);
  });
});
