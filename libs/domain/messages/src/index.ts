export { MessagesModule } from './messages.module.js';
export { MessagesService } from './messages.service.js';
export { StoredContents, renewClaims } from './claim-messages.js';
export { MessageLane } from './message-lane.js';
export { MessageRenderer } from './message-renderer.js';
export { replayAbandonedMessages } from './recover-messages.js';
export {
  findMessageSubjects,
  findRefusedMessages,
  markMessageBounced,
  markMessageComplained,
  takeMessageRefusals,
} from './message-facts.js';
export type { MessageRefusal } from './message-facts.js';
export { PersonalAnswers } from './personal-answers.js';
export type { PersonalAnswer } from './personal-answers.js';
export { SystemMails } from './system-mails.js';
