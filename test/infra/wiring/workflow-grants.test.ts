import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { earlierGrants, grantsOf } from '../../../infra/wiring/workflow-grants.ts';
import { committed } from '../../support/handoff-definition.ts';

const task = (resource: string, args: object) => ({
  States: {
    Outer: {
      Type: 'Parallel',
      Branches: [{ States: { Inner: { Type: 'Task', Resource: resource, Arguments: args, End: true } } }],
    },
  },
});

describe('What the state machine calls', () => {
  it('is granted, and nothing else is', () => {
    expect(grantsOf(committed)).toEqual([
      { actions: ['lambda:InvokeFunction'], on: '${ValidatePackageFunctionArn}' },
      { actions: ['lambda:InvokeFunction'], on: '${NotifyFunctionArn}' },
      { actions: ['dynamodb:UpdateItem'], on: '${HandoffTable}', leadingKeys: ['HANDOFF#*'] },
      { actions: ['dynamodb:GetItem'], on: '${HandoffTable}', leadingKeys: ['HANDOFF#*'] },
      { actions: ['lambda:InvokeFunction'], on: '${CloseHandoffFunctionArn}' },
    ]);
  });

  it.each([1, 2, 3])('stays granted of what executions of version %i call', (version) => {
    const file = new URL(`../../support/machine-v${version}.asl.json`, import.meta.url);
    const earlier = grantsOf(JSON.parse(readFileSync(file, 'utf8')));
    expect([...grantsOf(committed), ...earlierGrants]).toEqual(expect.arrayContaining(earlier));
  });

  it('is found in branches, too', () => {
    const call = task('arn:aws:states:::lambda:invoke', { FunctionName: '${NewFunctionArn}' });
    expect(grantsOf(call)).toEqual([{ actions: ['lambda:InvokeFunction'], on: '${NewFunctionArn}' }]);
  });

  it('is refused when nobody has said what it grants', () => {
    const mail = task('arn:aws:states:::aws-sdk:ses:sendRawEmail', {});
    expect(() => grantsOf(mail)).toThrow('calls arn:aws:states:::aws-sdk:ses:sendRawEmail (in "Inner")');
  });

  it('is kept to the partitions its keys begin with', () => {
    const read = (key: string) =>
      task('arn:aws:states:::aws-sdk:dynamodb:getItem', { TableName: '${HandoffTable}', Key: { pk: { S: key } } });
    expect(grantsOf(read('ROSTER'))).toMatchObject([{ leadingKeys: ['ROSTER'] }]);
    expect(grantsOf(read("{% 'LINK#' & $hash %}"))).toMatchObject([{ leadingKeys: ['LINK#*'] }]);
    expect(() => grantsOf(read('{% $states.input.key %}'))).toThrow('No partition');
  });
});
