export { TemplatesModule } from './templates.module.js';
export { ContentCompiler } from './content-compiler.js';
export { findTemplateContent } from './template.repository.js';
