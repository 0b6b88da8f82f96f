import { queryClient } from '../api/query.js';

/** Loads again what shows whether an address may be mailed. */
export async function refreshSuppressions(): Promise<void> {
  for (const name of ['suppressions', 'contacts', 'hygiene']) await queryClient.invalidateQueries({ queryKey: [name] });
}
