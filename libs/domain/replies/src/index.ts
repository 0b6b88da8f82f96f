export { RepliesModule } from './replies.module.js';
export { RepliesService } from './replies.service.js';
export { AnswersService } from './answers.service.js';
export { fileReplies } from './file-replies.js';
export type { FiledMail, Matched } from './filed-mail.js';
export {
  askForAnswered,
  findDueFlags,
  findFlaggedFolders,
  findUnreadUids,
  flagsDone,
  flagsFailed,
  flagsGivenUp,
  hasDueFlags,
  markReadAtSource,
} from './mailbox-flags.js';
export { askForHandling } from './mail-handling.js';
export type { FlagWish } from './mailbox-flags.js';
