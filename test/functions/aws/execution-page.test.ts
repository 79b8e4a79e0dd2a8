import { describe, expect, it } from 'vitest';
import { executionPages } from '../../../functions/aws/execution-page.ts';
import type { Settings } from '../../../functions/aws/settings.ts';

const pages = (settings: Partial<Settings>) => executionPages(settings as Settings);
const machine = (partition: string, region: string) =>
  pages({ STATE_MACHINE_ARN: `arn:${partition}:states:${region}:111111111111:stateMachine:handoff-test:live` });

describe('The page of an execution', () => {
  it("stands in the AWS console of the machine's partition and region, without the machine's alias", () => {
    expect(machine('aws', 'eu-central-1')('D-1-1')).toBe(
      'https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/arn:aws:states:eu-central-1:111111111111:execution:handoff-test:D-1-1',
    );
    expect(machine('aws-us-gov', 'us-gov-west-1')('D-1-1')).toMatch(
      /^https:\/\/console\.amazonaws-us-gov\.com\/.*arn:aws-us-gov:states:us-gov-west-1:/,
    );
    expect(machine('aws-cn', 'cn-north-1')('D-1-1')).toMatch(/^https:\/\/console\.amazonaws\.cn\/.*region=cn-north-1#/);
  });

  it('is that of an open item where one is meant', () => {
    expect(machine('aws', 'eu-central-1')('D-1-1', 'settle-item-2')).toMatch(/:D-1-1_2$/);
  });

  it('is nowhere where the console is not known, or the machine', () => {
    expect(machine('aws-iso', 'us-iso-east-1')('D-1-1')).toBeUndefined();
    expect(pages({})('D-1-1')).toBeUndefined();
  });

  it('is where the settings say, whatever the machine', () => {
    const EXECUTIONS_URL = 'http://127.0.0.1:4566/executions';
    expect(pages({ EXECUTIONS_URL })('D-1-1', 'settle-item-2')).toBe(`${EXECUTIONS_URL}/D-1-1_2`);
  });
});
