import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../components/relative-time.js';
import { STARS_MAX, STAR_DAYS, starsOf } from './engagement.js';

/** How engaged a contact is, in stars, and since when. */
export function EngagementStars({ lastActiveAt }: { lastActiveAt: string | null }) {
  const { t } = useTranslation('contacts');
  const stars = starsOf(lastActiveAt, Date.now());
  if (stars === 0) return <span>–</span>;
  const rule = t('engagement.rule', { days: STAR_DAYS.join(' / ') });
  return (
    <div className="engagement">
      <Tooltip title={rule}>
        <span role="img" aria-label={t('engagement.label', { stars, max: STARS_MAX })} className="engagement-stars">
          {'★'.repeat(stars)}
          <span className="engagement-rest">{'★'.repeat(STARS_MAX - stars)}</span>
        </span>
      </Tooltip>
      <span className="quiet small">
        <RelativeTime at={lastActiveAt} />
      </span>
    </div>
  );
}
