export { UtmDefaults, UtmFields } from './utm-fields.js';
