import { useState } from 'react';
import { download } from '../api/client.js';
import { useReport } from '../api/problem.js';
import type { Resource } from '../api/types.js';

/** Saves the rows of an import that are not taken, with the reason of each. */
export function useErrorFile({ id, fileName }: Resource<'Import'>): { busy: boolean; save: () => void } {
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await download(`/api/v1/imports/${id}/errors.csv`, `${fileName.replace(/\.\w+$/, '')}-errors.csv`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, save: () => void save() };
}
