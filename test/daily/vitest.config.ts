import tests from '../vitest.config.ts';

/** What `npm test` plays: all but the courses. */
export default { ...tests, test: { ...tests.test, tagsFilter: ['!course'] } };
