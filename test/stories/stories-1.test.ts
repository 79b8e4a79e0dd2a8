import { describe } from 'vitest';
import { holdsForStories } from '../support/stories.ts';

// Spread over several files, which run side by side. The first three are among the tests.
describe('What must be so, whatever happens', () => {
  holdsForStories(4, 125);
});
