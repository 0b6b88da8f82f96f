export { createTestDatabase } from './test-database.js';
export type { TestDatabase } from './test-database.js';
export { createTestAuthority } from './certificates.js';
export type { TestAuthority, TestCertificate } from './certificates.js';
export { startScriptedServer } from './scripted-server.js';
export type { ScriptedPeer, ScriptedServer } from './scripted-server.js';
export { freePort, startPostfixSink } from './smtp-sink.js';
export type { PostfixSink } from './smtp-sink.js';
