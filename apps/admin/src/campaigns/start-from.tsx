import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useReport } from '../api/problem.js';
import { useConfirm } from '../components/confirm-button.js';
import type { Content } from '../editor/index.js';
import { blankContent, type BlankFormat } from './blank-content.js';
import { useDraftContext } from './draft-context.js';
import { StartSources } from './start-sources.js';

/** Where the content begins: a copy of a template, a starter or an earlier campaign, or an empty sheet. */
export function StartFrom({ replacing, onChosen }: { replacing: boolean; onChosen: () => void }) {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, change } = useDraftContext();
  const navigate = useNavigate();
  const report = useReport();
  const ask = useConfirm();
  const take = (content: Content, templateId: string | null) => {
    // A subject that stands already is the user's own.
    const kept = draft.content.subject.trim() ? { ...content, subject: draft.content.subject } : content;
    change({ content: kept, templateId });
    onChosen();
  };
  const choose = (load: () => Promise<Content>, templateId: string | null = null) => {
    const go = async () => take(await load(), templateId);
    if (!replacing) return void go().catch(report);
    ask({
      question: t('replaceQuestion'),
      consequence: t('replaceText'),
      confirm: t('replaceConfirm'),
      onConfirm: go,
    });
  };
  const blank = (format: BlankFormat) =>
    choose(async () => {
      void navigate(`/campaigns/${campaign.id}/content`);
      return { ...blankContent(format), preheader: draft.content.preheader };
    });
  return (
    <div className="start-from">
      <div className="row-actions start-blank">
        <Button type="primary" ghost onClick={() => blank('document')}>
          {t('start.document')}
        </Button>
        <Button onClick={() => blank('html')}>{t('start.html')}</Button>
        <Button onClick={() => blank('text')}>{t('start.text')}</Button>
      </div>
      <StartSources except={campaign.id} onChoose={choose} />
    </div>
  );
}
