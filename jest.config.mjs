// Unit and database tests sit beside their source (*.spec.ts); whole-system tests live in test/ and have configs of their own.
export const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2022',
        keepClassNames: true,
      },
      module: { type: 'es6' },
      swcrc: false,
    },
  ],
};

export const base = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform,
};

export default {
  ...base,
  globalSetup: '<rootDir>/test/support/jest-postgres.mjs',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/migrations'],
  testMatch: ['**/*.spec.ts'],
  // Generous: a hanging test shall end the run, a busy machine shall not.
  testTimeout: 60_000,
  // What a worker keeps of the files it has run stays bounded: without it some 200 of them filled one process's heap.
  workerIdleMemoryLimit: '1GB',
};
