import { describe } from 'vitest';
import { holdsForStories } from '../support/stories.ts';

// Spread over several files, which run side by side.
describe('What must be so, whatever happens', () => {
  holdsForStories(251, 375);
});
