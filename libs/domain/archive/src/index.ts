export { ArchiveModule } from './archive.module.js';
export { ArchiveService } from './archive.service.js';
export { findArchive, findArchivedMail, findArchivedMails } from './public-archive.js';
export type { ArchivedMail, PublicArchive } from './public-archive.js';
