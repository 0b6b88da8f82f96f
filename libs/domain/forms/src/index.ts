export { FormsModule } from './forms.module.js';
export { FormsService } from './forms.service.js';
export { ConfirmationMails } from './confirmation-mails.js';
export { asksForConfirmation, findPublicForm } from './public-form.js';
export type { PublicForm } from './public-form.js';
export { confirmRequest, findOpenRequest, forgetUnconfirmed, requestSubscription } from './subscription-requests.js';
