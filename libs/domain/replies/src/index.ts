export { RepliesModule } from './replies.module.js';
export { RepliesService } from './replies.service.js';
export { AnswersService } from './answers.service.js';
export { fileReply } from './file-reply.js';
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
