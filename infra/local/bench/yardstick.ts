import { thirtyStates } from './thirty-states.ts';

const megabyte = 1024 * 1024;

/**
 * Milliseconds of processor time that a megabyte of JSON takes to be read and written again, in this thread: what is the same on any
 * day, so that a figure of speed beside it says more than seconds on a machine that also does something else.
 */
export function megabyteOfJson(): number {
  const text = JSON.stringify(thirtyStates('JSONata'));
  const times = Math.ceil(megabyte / text.length);
  const rounds = 8;
  const pass = () => {
    for (let time = 0; time < times; time += 1) JSON.stringify(JSON.parse(text));
  };
  pass();
  const before = process.threadCpuUsage();
  for (let round = 0; round < rounds; round += 1) pass();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / rounds;
}
