import { z } from 'zod';
import { Id } from '../api/conventions.js';
import { DOCUMENT_LIMITS } from './limits.js';
import { MergePath } from './rich-text.js';

/** How a field is looked at. `empty` and `notEmpty` take no value. Numbers and numbers written as text are equal. */
export const DOC_FIELD_OPERATORS = [
  'eq',
  'ne',
  'contains',
  'notContains',
  'startsWith',
  'gt',
  'lt',
  'empty',
  'notEmpty',
] as const;

/** What the recipient did with our mail (people only, no machines), or bought. */
export const DOC_BEHAVIOURS = ['opened', 'clicked', 'replied', 'bought'] as const;

export const DocFieldRule = z.object({
  kind: z.literal('field'),
  path: MergePath,
  op: z.enum(DOC_FIELD_OPERATORS),
  value: z
    .union([z.string().max(500), z.number(), z.boolean()])
    .nullable()
    .default(null)
    .meta({ description: 'null with empty and notEmpty' }),
});
export type DocFieldRule = z.infer<typeof DocFieldRule>;

/** True for who did (or did not) do it within the last `days` before the mail is rendered. */
export const DocBehaviourRule = z.object({
  kind: z.literal('behaviour'),
  event: z.enum(DOC_BEHAVIOURS),
  did: z.boolean(),
  days: z.number().int().min(1).max(730),
  campaignId: Id.nullable()
    .default(null)
    .meta({ description: 'only of this campaign; null: of any mail. Nobody buys by a campaign: null then' }),
});
export type DocBehaviourRule = z.infer<typeof DocBehaviourRule>;

const Rule = z.discriminatedUnion('kind', [DocFieldRule, DocBehaviourRule]);
const match = z.enum(['all', 'any']);
const groupOf = <R extends z.ZodType>(rule: R) => z.array(rule).min(1).max(DOCUMENT_LIMITS.rules);

/** Rules of a condition that stand together. */
export const DocRuleGroup = z.object({ kind: z.literal('group'), match, rules: groupOf(Rule) });
export type DocRuleGroup = z.infer<typeof DocRuleGroup>;

/** Who sees a section or a block: rules, and groups of rules, of which all or any must hold. */
export const DocCondition = z
  .object({ match, rules: groupOf(z.discriminatedUnion('kind', [DocFieldRule, DocBehaviourRule, DocRuleGroup])) })
  .meta({ id: 'DocumentCondition' });
export type DocCondition = z.infer<typeof DocCondition>;
