import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { lambdaFlags } from '../../stack/bundling.ts';

/** Milliseconds of processor time, all threads together, in a fresh process: other work on the machine counts little. */
export interface ColdStart {
  /** From the start of Node until the handler is ready: Lambda's INIT. */
  readonly init: number;
  /** Of these, reading and evaluating the bundle. */
  readonly load: number;
  /** The first invocation. */
  readonly invocation: number;
  /** What the handler answered. */
  readonly answer: unknown;
}

/** What Lambda does, from a text, so that the process loads nothing beside it. */
const lambda = `
  const event = JSON.parse(process.env.COLD_EVENT);
  const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  const begun = spent();
  const { handler } = await import(process.env.COLD_BUNDLE);
  const loaded = spent();
  const answer = await handler(event);
  const answered = spent();
  console.log(JSON.stringify({ init: loaded, load: loaded - begun, invocation: answered - loaded, answer }));
  process.exit(0);`;

/** Starts a bundle in a process of its own and invokes it once. Rejects with what the process wrote when it fails. */
export function coldStart(start: {
  readonly file: string;
  readonly event: object;
  readonly environment: Readonly<Record<string, string>>;
}): Promise<ColdStart> {
  const { file, event, environment } = start;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...lambdaFlags, '--input-type=module', '--eval', lambda], {
      env: { ...environment, COLD_EVENT: JSON.stringify(event), COLD_BUNDLE: pathToFileURL(file).href },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const written = { out: '', error: '' };
    child.stdout.on('data', (text) => {
      written.out += text;
    });
    child.stderr.on('data', (text) => {
      written.error += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(written.out.trim().split('\n').at(-1) ?? '') as ColdStart);
      else reject(new Error(`${file} ended with ${code}: ${written.error}`));
    });
  });
}
