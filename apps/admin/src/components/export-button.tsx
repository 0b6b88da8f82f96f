import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { download } from '../api/client.js';
import { useReport } from '../api/problem.js';

interface ExportButtonProps {
  /** Of the route that answers with the file. */
  path: string;
  /** Its name on the disk. */
  file: string;
  /** Parameters of the page's address that narrow the file as they narrow what is shown. */
  filters?: readonly string[];
  /** Where “export” does not say what. */
  label?: string;
}

/** What is shown, as a file. */
export function ExportButton({ path, file, filters = [], label }: ExportButtonProps) {
  const { t } = useTranslation('components');
  const [params] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const save = async () => {
    setBusy(true);
    try {
      const query = new URLSearchParams();
      for (const name of filters) if (params.get(name)) query.set(name, params.get(name)!);
      await download(`${path}?${query}`, file);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void save()}>
      {label ?? t('export')}
    </Button>
  );
}
