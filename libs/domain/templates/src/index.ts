export { TemplatesModule } from './templates.module.js';
export { TemplatesService } from './templates.service.js';
export { ContentCompiler } from './content-compiler.js';
export { AttachmentsService } from './attachments.service.js';
export { ATTACHMENT_MAX, attachmentTooLarge, readAttachment } from './attachment-file.js';
export { ImagesService } from './images.service.js';
export { IMAGE_MAX, imageTooLarge } from './image-file.js';
export { findImage } from './image.repository.js';
export { findTemplateContent } from './template.repository.js';
