import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { factColumns, factStreamName } from '../wiring/fact-columns.ts';
import { factQueries } from '../wiring/fact-queries.ts';
import { keptDays } from '../wiring/retention.ts';
import { usesKey } from './functions.ts';
import { acknowledge } from './names.ts';

export interface FactsInS3Props {
  readonly stage: string;
  readonly key: IKey | undefined;
  /** For how many whole months facts are kept; undefined: for good. */
  readonly retentionMonths: number | undefined;
}

/** Where Firehose puts facts, by the day on which they came in, and what it could not write there; and what queries find. */
const folder = { facts: 'facts/', failed: 'failed/', results: 'results/' } as const;

/**
 * Facts stand in S3, too, where Athena reads them: Firehose writes what it is given once a night as JSON lines. None of it costs
 * anything while nothing happens. The bucket outlives the stack: facts are kept once.
 */
export class FactsInS3 extends Construct {
  constructor(scope: Construct, id: string, { stage, key, retentionMonths }: FactsInS3Props) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      enforceSSL: true,
      // Its name is CloudFormation's to choose, so that one which stays is in nobody's way.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        { prefix: folder.results, expiration: Duration.days(30) },
        ...(retentionMonths === undefined
          ? []
          : [folder.facts, folder.failed].map((prefix) => ({
              prefix,
              expiration: Duration.days(keptDays(retentionMonths)),
            }))),
        { abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'It holds counts without personal data; logs of who read them would cost more than they do.',
    );
    this.#deliver(factStreamName(stage), bucket, key);
    this.#answer(factStreamName(stage), bucket, key);
  }

  #deliver(name: string, bucket: Bucket, key: IKey | undefined): void {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: `What Firehose may do for ${name}`,
      inlinePolicies: {
        needs: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:AbortMultipartUpload', 's3:PutObject'],
              resources: [folder.facts, folder.failed].map((prefix) => bucket.arnForObjects(`${prefix}*`)),
            }),
            new PolicyStatement({
              actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
              resources: [bucket.bucketArn],
            }),
            ...(key ? [usesKey(key, ['s3'])] : []),
          ],
        }),
      },
    });
    const bucketId = Stack.of(this).getLogicalId(resourceOf(bucket));
    for (const prefix of [folder.facts, folder.failed])
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${prefix}*]`,
        'Firehose names what it writes by the time; only its two folders are meant.',
      );
    const stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: name,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${folder.facts}day=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${folder.failed}!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/`,
        // As rarely as it can: a night's facts in few files, which are faster to read.
        bufferingHints: { intervalInSeconds: 900, sizeInMBs: 64 },
        compressionFormat: 'GZIP',
      },
    });
    // Firehose looks whether it may write when the stream is made.
    stream.node.addDependency(role);
  }

  /** How facts are read: a table with a partition for each day, found by its name and never listed, and questions worth keeping. */
  #answer(name: string, bucket: Bucket, key: IKey | undefined): void {
    // Glue takes no hyphens.
    const databaseName = name.replaceAll('-', '_');
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: databaseName, description: `Facts of handoffs: ${name}` },
    });
    const place = `s3://${bucket.bucketName}/${folder.facts}`;
    new CfnTable(this, 'Recorded', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName,
      tableInput: {
        name: 'recorded',
        description: 'Facts as they were recorded, superseded ones among them: create the view facts, and read that.',
        tableType: 'EXTERNAL_TABLE',
        parameters: {
          classification: 'json',
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.range': '2026-01-01,NOW+1DAYS',
          'storage.location.template': `${place}day=\${day}/`,
        },
        partitionKeys: [{ name: 'day', type: 'string' }],
        storageDescriptor: {
          columns: Object.entries(factColumns).map(([member, type]) => ({ name: member.toLowerCase(), type })),
          location: place,
          compressed: true,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
            // One line that cannot be read does not take the others along.
            parameters: { 'case.insensitive': 'TRUE', 'ignore.malformed.json': 'TRUE' },
          },
        },
      },
    }).addResourceDependency(database);
    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name,
      description: 'Questions about handoffs.',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        // A guard: all facts of a year are far less.
        bytesScannedCutoffPerQuery: 10 * 1024 ** 3,
        publishCloudWatchMetricsEnabled: false,
        resultConfiguration: {
          outputLocation: `s3://${bucket.bucketName}/${folder.results}`,
          encryptionConfiguration: key
            ? { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    });
    for (const [i, { title, why, sql }] of factQueries.entries()) {
      const query = new CfnNamedQuery(this, `Query${i + 1}`, {
        database: databaseName,
        workGroup: name,
        name: `${name} ${title}`,
        description: why,
        queryString: sql,
      });
      query.addResourceDependency(workGroup);
      query.addResourceDependency(database);
    }
  }
}

function resourceOf({ node: { defaultChild } }: Bucket): CfnBucket {
  if (!(defaultChild instanceof CfnBucket)) throw new Error('The bucket has no resource of its own.');
  return defaultChild;
}
