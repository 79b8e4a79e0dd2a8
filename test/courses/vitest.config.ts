import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tests from '../vitest.config.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));

const hasCourses = (path: string): boolean => readFileSync(`${top}${path}`, 'utf8').includes('support/course.ts');

/** What `npm test` leaves out. */
export default {
  ...tests,
  test: {
    ...tests.test,
    include: globSync('test/**/*.test.ts', { cwd: top }).filter(hasCourses),
    tagsFilter: ['course'],
  },
};
