import { describe, expect, it } from 'vitest';
import { factColumns } from '../../../infra/wiring/fact-columns.ts';
import { factQueries } from '../../../infra/wiring/fact-queries.ts';
import { resolve } from './resolve.ts';
import { synthesize } from './synthesize.ts';

describe.each([
  { called: 'a key of AWS', changes: {} },
  { called: 'a key of its own', changes: { customerManagedKey: true } },
])('facts in S3, under $called', ({ changes }) => {
  const { template, only, ofType, findings } = synthesize(changes);
  const resolved = (value: unknown) => JSON.stringify(resolve(template.Resources, value));

  it('gives cdk-nag nothing to say', () => {
    expect(findings).toEqual([]);
  });

  it('are written by a stream that one function may write to', () => {
    const { Properties } = only('AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamName: 'handoff-sample-facts' });
    expect(Properties['ExtendedS3DestinationConfiguration']).toMatchObject({
      Prefix: 'facts/day=!{timestamp:yyyy-MM-dd}/',
      CompressionFormat: 'GZIP',
    });
    const writers = ofType('AWS::IAM::Role').filter((role) => resolved(role).includes('firehose:PutRecordBatch'));
    expect(writers).toHaveLength(1);
    expect(resolved(writers[0])).toContain(':deliverystream/handoff-sample-facts"');
    const variables = Object(
      only('AWS::Lambda::Function', { FunctionName: 'handoff-sample-measure' }).Properties['Environment'],
    ).Variables;
    expect(variables).toMatchObject({ FACT_STREAM: 'handoff-sample-facts' });
  });

  it('are read by Athena in a table that knows every member, a partition for each day', () => {
    const { TableInput } = only('AWS::Glue::Table').Properties as {
      TableInput: { Parameters: object; PartitionKeys: object; StorageDescriptor: { Columns: { Name: string }[] } };
    };
    const names = TableInput.StorageDescriptor.Columns.map(({ Name }) => Name);
    expect(names).toEqual(Object.keys(factColumns).map((member) => member.toLowerCase()));
    expect(new Set([...names, 'day']).size).toBe(names.length + 1);
    expect(TableInput.PartitionKeys).toEqual([{ Name: 'day', Type: 'string' }]);
    expect(resolved(TableInput.Parameters)).toContain(`facts/day=\${day}/`);
  });

  it('stay when the stage goes, readable to nobody outside, and what queries found does not', () => {
    const bucket = only('AWS::S3::Bucket');
    expect([bucket.DeletionPolicy, bucket.UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
    expect(bucket.Properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.Properties['LifecycleConfiguration']).toMatchObject({
      Rules: [{ Prefix: 'results/', ExpirationInDays: 30 }, {}],
    });
  });

  it('have questions that are kept, of which the first makes the view that the others read', () => {
    const saved = ofType('AWS::Athena::NamedQuery').map(({ Properties }) => Properties['QueryString']);
    expect(saved).toEqual(factQueries.map(({ sql }) => sql));
    const members = new Set(Object.keys(factColumns).map((member) => member.toLowerCase()));
    const own = new Set(['recorded', 'newest']);
    const [view = '', ...others] = saved.map(String);
    for (const sql of others) expect(sql).toMatch(/\bfrom facts\b/);
    for (const sql of [view, ...others]) {
      const named = new Set([...sql.matchAll(/ as "(\w+)"/g)].map(([, name]) => name));
      for (const [, name = ''] of sql.matchAll(/"(\w+)"/g))
        expect(members.has(name) || own.has(name) || named.has(name), `${name} in ${sql}`).toBe(true);
    }
  });
});

describe('what a stage keeps for some months', () => {
  const { only, findings } = synthesize({ retentionMonths: 13 });
  const kept = only('AWS::S3::Bucket').Properties['LifecycleConfiguration'] as { readonly Rules: readonly object[] };
  const measures = (changes: { readonly retentionMonths?: number }) =>
    synthesize(changes).only('AWS::IAM::Role', { Description: 'What the function handoff-sample-measure may do' });

  it('expires in S3, and gives cdk-nag nothing to say', () => {
    expect(findings).toEqual([]);
    expect(kept.Rules).toMatchObject([
      { Prefix: 'results/', ExpirationInDays: 30 },
      { Prefix: 'facts/', ExpirationInDays: 427 },
      { Prefix: 'failed/', ExpirationInDays: 427 },
      {},
    ]);
  });

  it('is deleted by the function that measures, which may delete only then', () => {
    const variablesOf = (made: typeof only) =>
      Object(made('AWS::Lambda::Function', { FunctionName: 'handoff-sample-measure' }).Properties['Environment'])
        .Variables;
    expect(variablesOf(only)).toMatchObject({ RETENTION_MONTHS: '13' });
    expect(variablesOf(synthesize().only)).not.toHaveProperty('RETENTION_MONTHS');
    expect(JSON.stringify(measures({ retentionMonths: 13 }))).toContain('dynamodb:DeleteItem');
    expect(JSON.stringify(measures({}))).not.toContain('dynamodb:DeleteItem');
  });
});

describe('facts in the table alone', () => {
  const { template, only } = synthesize({ facts: 'table' });

  it('leave no trace of S3', () => {
    expect(JSON.stringify(template)).not.toMatch(/AWS::(S3|Glue|Athena|KinesisFirehose)::|firehose:/);
    const { Environment } = only('AWS::Lambda::Function', { FunctionName: 'handoff-sample-measure' }).Properties;
    expect(Object(Environment).Variables).not.toHaveProperty('FACT_STREAM');
  });
});
