import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ProblemAlert } from '../components/problem-alert.js';
import { EMPTY_CONTENT, type Content } from '../editor/index.js';
import { startersQuery } from './starters.js';
import { TemplateEditor } from './template-editor.js';

/** A template before its first save: blank, or filled from a starter. */
export default function NewTemplateScreen() {
  const { t } = useTranslation('templates');
  const [params] = useSearchParams();
  const key = params.get('starter');
  const { data, error, refetch } = useQuery({ ...startersQuery, enabled: key !== null });
  if (key && error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (key && !data) return <Skeleton active paragraph={{ rows: 10 }} />;
  const starter = data?.find((entry) => entry.key === key);
  if (!starter) {
    return <TemplateEditor template={{ name: t('newName'), ...blank(params.get('format')) }} />;
  }
  const { name, subject, preheader, html, mjml, text, document } = starter;
  return <TemplateEditor template={{ name, subject, preheader, html, mjml, text, document }} />;
}

function blank(format: string | null): Content {
  if (format === 'mjml') {
    return {
      ...EMPTY_CONTENT,
      mjml: '<mjml>\n  <mj-body>\n    <mj-section>\n      <mj-column>\n        <mj-text>\n\n        </mj-text>\n      </mj-column>\n    </mj-section>\n  </mj-body>\n</mjml>\n',
    };
  }
  if (format === 'text') return { ...EMPTY_CONTENT, text: '' };
  return { ...EMPTY_CONTENT, html: '' };
}
