import { useTranslation } from 'react-i18next';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { SaveStateText } from '../components/save-state.js';
import { useSaveKey } from '../components/use-save-key.js';
import { BlockEditor } from '../blocks/index.js';
import { ContentEditor, type Content } from '../editor/index.js';
import { useDraftContext } from './draft-context.js';

/** The content of a campaign in the full-size editor; it saves itself, like the rest of the draft. */
export default function ContentScreen() {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, change, state, flush } = useDraftContext();
  useSaveKey(() => void flush());
  const changeContent = (part: Partial<Content>) => change({ content: { ...draft.content, ...part } });
  const done = (
    <LinkButton type="primary" to={`/campaigns/${campaign.id}#content`}>
      {t('contentDone')}
    </LinkButton>
  );
  const back = { to: `/campaigns/${campaign.id}`, label: draft.name || t('untitled') };
  if (draft.content.document) {
    return (
      <BlockEditor
        content={draft.content}
        onChange={changeContent}
        state={state}
        back={back}
        title={draft.name || t('untitled')}
        actions={done}
      />
    );
  }
  return (
    <>
      <PageHeader title={t('contentTitle')} back={back} extra={<SaveStateText state={state} />} actions={done} />
      <ContentEditor value={draft.content} onChange={changeContent} />
    </>
  );
}
