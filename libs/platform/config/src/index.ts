export { settingsSchema } from './schema.js';
export type { SettingName, SettingsValues } from './schema.js';
export { Settings, SettingsError, loadSettings, parseSettings } from './settings.js';
export { renderEnvExample } from './env-example.js';
