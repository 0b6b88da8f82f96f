// Only what needs no zod: the schemas themselves would bring the library into the browser.
export {
  emptyDocument,
  newBlock,
  newColumn,
  newReusable,
  newSection,
} from '../../../../libs/contracts/src/document/factories.js';
export { DOCUMENT_LIMITS } from '../../../../libs/contracts/src/document/limits.js';
export type {
  Align,
  ButtonStyle,
  Doc,
  DocBehaviourRule as BehaviourRule,
  DocBlock as Block,
  DocBlockOf as BlockOf,
  DocBlockType as BlockType,
  DocColumn as Column,
  DocCondition as Condition,
  DocFieldRule as FieldRule,
  DocRuleGroup as RuleGroup,
  DocSection as Section,
  DocSettings,
  MergeFormat,
  Padding,
  Picture,
  RichText,
} from '#contracts';
