import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import { measureSpeed } from './handoffs.ts';

if (!isMainThread)
  parentPort?.postMessage(await measureSpeed(shippedPlaybooks[workerData as keyof typeof shippedPlaybooks]));
