import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'node_modules/**'],
    // Nothing patches a module or keeps state in one, so test files may share theirs.
    isolate: false,
    setupFiles: ['test/support/seed.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 20_000,
    // Whole courses are played before the tests that look at them, on machines that are busy.
    hookTimeout: 60_000,
  },
});
