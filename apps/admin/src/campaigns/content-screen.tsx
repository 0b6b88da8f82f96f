import { useTranslation } from 'react-i18next';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { useSaveKey } from '../components/use-save-key.js';
import { ContentEditor } from '../editor/index.js';
import { useDraftContext } from './draft-context.js';

/** The content of a campaign in the full-size editor; it saves itself, like the rest of the draft. */
export default function ContentScreen() {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, change, state, flush } = useDraftContext();
  useSaveKey(() => void flush());
  return (
    <>
      <PageHeader
        title={t('contentTitle')}
        back={{ to: `/campaigns/${campaign.id}`, label: draft.name || t('untitled') }}
        extra={
          <span className="quiet" aria-live="polite">
            {t(`saveState.${state}`)}
          </span>
        }
        actions={
          <LinkButton type="primary" to={`/campaigns/${campaign.id}#content`}>
            {t('contentDone')}
          </LinkButton>
        }
      />
      <ContentEditor value={draft.content} onChange={(part) => change({ content: { ...draft.content, ...part } })} />
    </>
  );
}
