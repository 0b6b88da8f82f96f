import { z } from 'zod';
import { Id, Instant, Locale, Version, line, patchOf } from './conventions.js';

/** What a subscription form asks for beside the address: the name, or a field of the workspace. */
export const FormField = z.object({
  key: z.union([z.literal('name'), z.string().regex(/^field:[a-z][a-z0-9_]{0,39}$/)]).meta({
    description: '`name`, or `field:<key>`',
  }),
  required: z.boolean().default(false),
});

const text = (max: number) => z.string().trim().max(max);

/** A hosted page on which people put themselves on lists. Empty texts stand for the usual ones of its language. */
export const FormBody = z.object({
  name: line(100),
  enabled: z.boolean().default(true),
  locale: Locale.default('zh-CN').meta({ description: 'language of the page and of its confirmation mail' }),
  lists: z.array(Id).min(1, 'choose at least one list').max(20),
  fields: z.array(FormField).max(20).default([]),
  title: line(200, 0).default(''),
  intro: text(1000).default(''),
  button: line(60, 0).default(''),
  thanks: text(1000).default('').meta({ description: 'shown once the subscription is complete' }),
  consent: text(1000).default('').meta({ description: 'what people agree to; kept as evidence of their consent' }),
  doubleOptIn: z.boolean().default(true).meta({
    description: 'a mail asks the owner of the address to confirm; lists with double opt-in always ask',
  }),
  from: z
    .object({ name: line(100, 0).default(''), address: text(320).default('') })
    .prefault({})
    .meta({ description: 'sender of the confirmation mail; without an address the login of an SMTP account' }),
});
export const UpdateFormBody = patchOf(FormBody);

export const Form = FormBody.extend({
  id: Id,
  version: Version,
  publicId: z.string().meta({ description: 'names the hosted page: `<tracking address>/f/<publicId>`' }),
  url: z.string(),
  counts: z.object({
    waiting: z.number().int().meta({ description: 'have not confirmed yet, and still can' }),
    confirmed: z.number().int(),
  }),
  createdAt: Instant,
  updatedAt: Instant,
}).meta({ id: 'Form' });
export type FormView = z.infer<typeof Form>;
