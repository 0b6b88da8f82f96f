import { Module } from '@nestjs/common';
import { MessagesModule } from '#domain/messages';
import { ConfirmationMails } from './confirmation-mails.js';
import { FormsService } from './forms.service.js';

@Module({
  imports: [MessagesModule],
  providers: [FormsService, ConfirmationMails],
  exports: [FormsService, ConfirmationMails],
})
export class FormsModule {}
