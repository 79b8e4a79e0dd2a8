import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { openWork, timeToLive } from '../../functions/aws/table.ts';

const textAttribute = (name: string): Attribute => ({ name, type: AttributeType.STRING });

export interface StorageProps {
  readonly key: IKey | undefined;
  /** Whether somebody is told what changes in it. */
  readonly isTold: boolean;
}

/**
 * The one table, and nothing that could be lost with a mistake: destroying the stack leaves it where it is. Its name is
 * CloudFormation's to choose, so that a new stack does not collide with the table that an old one left.
 */
export class Storage extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { key, isTold }: StorageProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: textAttribute('pk'),
      sortKey: textAttribute('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: timeToLive,
      // A stream costs nothing by itself, but its records are read.
      ...(isTold && { stream: StreamViewType.NEW_IMAGE }),
      // Without a key of its own it is encrypted under one that AWS owns, at no charge.
      ...(key ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key } : {}),
    });
    this.table.addGlobalSecondaryIndex({
      indexName: openWork.name,
      partitionKey: textAttribute(openWork.partitionKey),
      sortKey: textAttribute(openWork.sortKey),
      projectionType: ProjectionType[openWork.projection],
    });
  }
}
