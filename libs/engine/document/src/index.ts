export { compileDocument, mjmlOfDocument } from './compile-document.js';
export type { DocumentSource, SavedContents } from './compile-document.js';
export type { SavedContent } from './context.js';
