import { describe } from 'vitest';
import { holdsForStories } from '../support/stories.ts';

// Spread over several files, which run side by side. The first one is among the tests.
describe('What must be so, whatever happens', () => {
  holdsForStories(2, 125);
});
