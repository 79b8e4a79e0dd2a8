import { describe } from 'vitest';
import { holdsForStories } from '../support/stories.ts';

// The first of those that CI plays: see test/stories/.
describe('What must be so, whatever happens', () => {
  holdsForStories(1, 1);
});
