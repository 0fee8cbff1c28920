/**
 * Jest 30 without its sandbox: the service runs in the tests as it runs in production, in one realm and by Node's own
 * loader, so that a worker loads it once and not once a file (test/support/jest). Browser tests are a project of their own.
 */
const shared = {
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  setupFiles: ['reflect-metadata'],
};

/**
 * At the end Jest gives a worker 500 ms to be gone, and says that it "failed to exit gracefully" if it is not. Node takes
 * 400 to 500 of them to hand back half a gigabyte on a busy machine, with no handle open: look for one only where a file
 * that runs alone (`-w 1`) does not let Jest end.
 */
export default {
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'service',
      testMatch: ['<rootDir>/src/**/*.spec.{ts,tsx}', '<rootDir>/test/*.spec.ts', '<rootDir>/test/journeys/*.spec.ts'],
    },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/*.spec.ts'] },
  ],
};
