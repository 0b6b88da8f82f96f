import { Module } from '@nestjs/common';
import { FormsModule as FormsDomain } from '#domain/forms';
import { ConfirmationTimer } from './confirmation-timer.js';
import { FormsController } from './forms.controller.js';

@Module({ imports: [FormsDomain], controllers: [FormsController], providers: [ConfirmationTimer] })
export class FormsModule {}
