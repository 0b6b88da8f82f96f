import { LoadingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../components/relative-time.js';
import { checklistQuery } from './checklist.js';
import { useDraftContext } from './draft-context.js';
import { beginPreflight } from './preflight.js';

/** How far the slow checks are, and the way to have them again. They begin by themselves when the page is opened. */
export function PreflightState() {
  const { t } = useTranslation('campaigns');
  const { campaign } = useDraftContext();
  const { data } = useQuery(checklistQuery(campaign.id));
  const begun = useRef(false);
  const state = data?.preflight;
  useEffect(() => {
    if (!state || begun.current) return;
    begun.current = true;
    if (state.status === 'stale') void beginPreflight(campaign.id);
  }, [state, campaign.id]);
  if (!state) return null;
  const again = (
    <button type="button" className="link-like" onClick={() => void beginPreflight(campaign.id)}>
      {t(state.finishedAt ? 'preflight.again' : 'preflight.begin')}
    </button>
  );
  return (
    <p className="quiet small" aria-live="polite">
      {state.status === 'running' ? (
        <>
          <LoadingOutlined aria-hidden="true" /> {t('preflight.running', { done: state.done, total: state.total })}
        </>
      ) : state.finishedAt ? (
        <>
          {t('preflight.done')} <RelativeTime at={state.finishedAt} /> {again}
          {!state.linksAsked && state.total > 0 && <span className="block">{t('preflight.off')}</span>}
          {state.linksAsked && state.unknownLinks > 0 && (
            <span className="block">{t('preflight.unknown', { count: state.unknownLinks })}</span>
          )}
        </>
      ) : (
        <>
          {t('preflight.stale')} {again}
        </>
      )}
    </p>
  );
}
