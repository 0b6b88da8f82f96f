export { LOGGER, PlatformModule } from './platform.module.js';
export type { Logger } from './platform.module.js';
