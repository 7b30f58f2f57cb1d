import { defineConfig } from 'vitest/config';

// One run for everything: pure tests, tests on a database of their own per file, real HTTP, real clients.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    // Some tests race real processes against real seconds; on a machine that others use too, one may lose.
    retry: process.env['CI'] === undefined ? 0 : 2,
    passWithNoTests: false,
  },
});
