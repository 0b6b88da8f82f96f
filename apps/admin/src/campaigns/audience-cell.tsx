import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CampaignSummary } from '../api/campaigns.js';
import { Count } from '../components/count.js';

/** More than this has no room in the column, so that the rest is behind a button. */
const SHORT = 12;

/** For which lists and segments a campaign is, and for how many people once that is settled. */
export function AudienceCell({ campaign }: { campaign: CampaignSummary }) {
  const { startedAt, counts } = campaign;
  return (
    <div className="audience-cell">
      <AudienceNames campaign={campaign} />
      {startedAt && (
        <span className="quiet">
          <Count value={counts.prepared} />
        </span>
      )}
    </div>
  );
}

/** The first name, and the others in a bubble that the keyboard opens too. */
export function AudienceNames({ campaign: { name, audience } }: { campaign: CampaignSummary }) {
  const { t } = useTranslation('campaigns');
  const names = audience.map((each) => each.name ?? t(each.kind === 'list' ? 'deletedList' : 'deletedSegment'));
  const [first] = names;
  if (first === undefined) return <span className="quiet">{t('noAudience')}</span>;
  if (names.length === 1 && first.length <= SHORT) return <span>{first}</span>;
  const all = (
    <ul className="audience-names">
      {names.map((each, index) => (
        <li key={index}>{each}</li>
      ))}
    </ul>
  );
  return (
    <Popover content={all} title={t('column.recipients')} trigger={['hover', 'click']}>
      <Button type="text" size="small" className="audience-more" aria-label={t('audienceOf', { name })}>
        <span className="ellipsis">{first}</span>
        {names.length > 1 && <span className="audience-rest">+{names.length - 1}</span>}
      </Button>
    </Popover>
  );
}
