import { z } from 'zod';
import { settingsSchema } from './schema.js';

/** Text of `.env.example`: every setting with its description and default, generated so that it can't drift. */
export function renderEnvExample(): string {
  const json = z.toJSONSchema(settingsSchema, { io: 'input' }) as {
    properties: Record<string, { description?: string; default?: unknown; enum?: unknown[] }>;
  };
  const lines = [
    '# Settings of Hongyan, generated from libs/platform/config. Every X may come from a file named by X_FILE.',
    '',
  ];
  for (const [name, property] of Object.entries(json.properties)) {
    lines.push(`# ${property.description ?? ''}${property.enum ? ` (${property.enum.join(' | ')})` : ''}`);
    lines.push(property.default === undefined ? `#${name}=` : `${name}=${String(property.default)}`, '');
  }
  return lines.join('\n');
}
