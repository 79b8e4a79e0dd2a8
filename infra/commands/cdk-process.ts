import { createRequire } from 'node:module';

/** A process to start: a program and what it is given, each argument as it is. */
export interface ProcessToStart {
  readonly file: string;
  readonly args: readonly string[];
}

/** Where Node and the CDK's script are; those of this project where nothing else is said. */
export interface CdkTools {
  readonly node: string;
  readonly cdk: string;
}

const tools = (): CdkTools => ({
  node: process.execPath,
  cdk: createRequire(import.meta.url).resolve('aws-cdk/bin/cdk'),
});

/**
 * How to start the CDK, on every system: its script is given to Node. Its command is a batch file on Windows, which starts in a
 * shell alone, and a shell reads arguments anew: a space, a `%` or a `^` in one would change it.
 */
export const cdkProcess = (args: readonly string[], { node, cdk }: CdkTools = tools()): ProcessToStart => ({
  file: node,
  args: [cdk, ...args],
});
