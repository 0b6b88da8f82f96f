import { Button } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockEditor, HistoryButton } from '../blocks/index.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { SaveStateText } from '../components/save-state.js';
import type { AutosaveHandle } from '../components/use-autosave.js';
import { ContentEditor, type Content } from '../editor/index.js';
import { TestDialog } from './test-dialog.js';
import './campaigns.css';

interface Props {
  content: Content;
  onChange: (part: Partial<Content>) => void;
  state: AutosaveHandle<object>['state'];
  /** Saves what is written here before a test message is made of it. */
  flush: () => Promise<boolean>;
  title: string;
  back: { to: string; label: string };
  /** Where one goes when done. */
  done: string;
  history: { path: string; onRestore: (revisionId: string) => Promise<void> };
  /** Which variant of an A/B test it is; 0 is the campaign itself. */
  variant: number;
}

/** The content of a campaign, or of a variant of it, in the full-size editor of its kind. */
export function ContentFrame({ content, onChange, state, flush, title, back, done, history, variant }: Props) {
  const { t } = useTranslation('campaigns');
  const [testing, setTesting] = useState(false);
  const doneButton = (
    <LinkButton type="primary" to={done}>
      {t('contentDone')}
    </LinkButton>
  );
  if (content.document) {
    return (
      <BlockEditor
        content={content}
        onChange={onChange}
        state={state}
        back={back}
        title={title}
        history={history}
        actions={
          <>
            <Button onClick={() => setTesting(true)}>{t('sendTest')}</Button>
            {doneButton}
            <TestDialog open={testing} onClose={() => setTesting(false)} variant={variant} before={flush} />
          </>
        }
      />
    );
  }
  return (
    <>
      <PageHeader
        title={title}
        back={back}
        extra={<SaveStateText state={state} />}
        actions={
          <>
            <Suspense>
              <HistoryButton {...history} />
            </Suspense>
            {doneButton}
          </>
        }
      />
      <ContentEditor value={content} onChange={onChange} />
    </>
  );
}
