import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bareAnswer } from './bare-answer.ts';

const dynamodb = new DynamoDBClient({});

/** Has the client ready, and answers a bare page. */
export const handler = (): Promise<object> => bareAnswer(dynamodb);
