import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../components/link-button.js';
import { uncertainStoryQuery, type Campaign } from './report-query.js';
import { UncertainStory } from './uncertain-story.js';

/** Messages whose fate nobody knows: what happened, and the way to where a person decides. */
export function UncertainNotice({ campaign, count }: { campaign: Campaign; count: number }) {
  const { t } = useTranslation('report');
  const story = useQuery(uncertainStoryQuery(campaign.id)).data;
  return (
    <Alert
      type="warning"
      showIcon
      className="uncertain gap-below"
      title={t('uncertain.title', { count })}
      description={
        <>
          {story && <UncertainStory groups={story.groups} />}
          <p>{t(campaign.status === 'cancelled' ? 'uncertain.textCancelled' : 'uncertain.text')}</p>
          <LinkButton to={`/campaigns/${campaign.id}/uncertain`}>{t('uncertain.decide')}</LinkButton>
        </>
      }
    />
  );
}
