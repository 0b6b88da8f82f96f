import { useTranslation } from 'react-i18next';
import { useSaveKey } from '../components/use-save-key.js';
import type { Content } from '../editor/index.js';
import { ContentFrame } from './content-frame.js';
import { useDraftContext } from './draft-context.js';
import { restoreDraft } from './use-draft.js';

/** The content of a campaign in the full-size editor; it saves itself, like the rest of the draft. */
export default function ContentScreen() {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, change, state, flush, replaceBy } = useDraftContext();
  useSaveKey(() => void flush());
  const changeContent = (part: Partial<Content>) => change({ content: { ...draft.content, ...part } });
  const name = draft.name || t('untitled');
  return (
    <ContentFrame
      content={draft.content}
      onChange={changeContent}
      state={state}
      flush={flush}
      title={draft.content.document ? name : t('contentTitle')}
      back={{ to: `/campaigns/${campaign.id}`, label: name }}
      done={`/campaigns/${campaign.id}#content`}
      history={{
        path: `/api/v1/campaigns/${campaign.id}/revisions`,
        onRestore: (revisionId) => replaceBy((version) => restoreDraft(campaign.id, revisionId, version)),
      }}
      variant={0}
    />
  );
}
