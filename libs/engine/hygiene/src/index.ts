export { HYGIENE_TABLE, defaultSetting, problemsOf, rowsCounted, ruleOf, settingOf } from './table.js';
export type { Parameter, RuleSetting, TableRow } from './table.js';
export { counting, decide, quarantineUntil } from './decide.js';
export type { Decision, Signs } from './decide.js';
export { fewestToPause, selfPause } from './self-pause.js';
export type { ProviderAnswers, SelfPause } from './self-pause.js';
