import { Button } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { SaveStateText } from '../components/save-state.js';
import { useSaveKey } from '../components/use-save-key.js';
import { BlockEditor, HistoryButton } from '../blocks/index.js';
import { ContentEditor, type Content } from '../editor/index.js';
import { useDraftContext } from './draft-context.js';
import { TestDialog } from './test-dialog.js';
import { restoreDraft } from './use-draft.js';
import './campaigns.css';

/** The content of a campaign in the full-size editor; it saves itself, like the rest of the draft. */
export default function ContentScreen() {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, change, state, flush, replaceBy } = useDraftContext();
  useSaveKey(() => void flush());
  const changeContent = (part: Partial<Content>) => change({ content: { ...draft.content, ...part } });
  const [testing, setTesting] = useState(false);
  const done = (
    <LinkButton type="primary" to={`/campaigns/${campaign.id}#content`}>
      {t('contentDone')}
    </LinkButton>
  );
  const back = { to: `/campaigns/${campaign.id}`, label: draft.name || t('untitled') };
  const history = {
    path: `/api/v1/campaigns/${campaign.id}/revisions`,
    onRestore: (revisionId: string) => replaceBy((version) => restoreDraft(campaign.id, revisionId, version)),
  };
  if (draft.content.document) {
    return (
      <BlockEditor
        content={draft.content}
        onChange={changeContent}
        state={state}
        back={back}
        title={draft.name || t('untitled')}
        history={history}
        actions={
          <>
            <Button onClick={() => setTesting(true)}>{t('sendTest')}</Button>
            {done}
            <TestDialog open={testing} onClose={() => setTesting(false)} />
          </>
        }
      />
    );
  }
  return (
    <>
      <PageHeader
        title={t('contentTitle')}
        back={back}
        extra={<SaveStateText state={state} />}
        actions={
          <>
            <Suspense>
              <HistoryButton {...history} />
            </Suspense>
            {done}
          </>
        }
      />
      <ContentEditor value={draft.content} onChange={changeContent} />
    </>
  );
}
