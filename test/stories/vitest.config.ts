import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/stories/**/*.test.ts'],
    isolate: false,
    maxWorkers: '100%',
    setupFiles: ['test/support/seed.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
