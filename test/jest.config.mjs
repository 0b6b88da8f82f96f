// Whole-system tests: real processes, real servers, a real browser. One scenario a file.
import { base } from '../jest.config.mjs';

export default {
  ...base,
  rootDir: '..',
  roots: ['<rootDir>/test'],
  testMatch: ['<rootDir>/test/{e2e,fault,security,browser}/**/*.spec.ts'],
  testTimeout: 180_000,
};
