import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Resource } from '../api/types.js';
import { currentWorkspaceId } from '../api/workspace.js';

/** Where each step is done. */
const PLACES: Record<string, string> = {
  sender: '/settings/senders',
  domain: '/settings/domains',
  contacts: '/imports/new',
  template: '/templates',
  test: '/campaigns',
  campaign: '/campaigns/new',
};

/** The way to the first campaign; steps tick themselves, and the card goes when all are done or it is dismissed. */
export function Onboarding({ checklist }: { checklist: Resource<'Dashboard'>['checklist'] }) {
  const { t, i18n } = useTranslation('dashboard');
  const storageKey = `hongyan.onboarding.${currentWorkspaceId()}`;
  const [dismissed, setDismissed] = useState(() => localStorage.getItem(storageKey) === '1');
  const done = checklist.filter((step) => step.done).length;
  if (dismissed || done === checklist.length) return null;
  const next = checklist.find((step) => !step.done)?.key;
  const word = (key: string, part: 'title' | 'text') =>
    i18n.exists(`dashboard:step.${key}.${part}`) ? t(`step.${key}.${part}`) : '';
  return (
    <section className="panel onboarding" aria-labelledby="onboarding-title">
      <div className="spread">
        <h2 id="onboarding-title" className="panel-title">
          {t('onboarding')}
        </h2>
        <Button
          type="link"
          size="small"
          onClick={() => {
            localStorage.setItem(storageKey, '1');
            setDismissed(true);
          }}
        >
          {t('dismiss')}
        </Button>
      </div>
      <Progress
        percent={Math.round((done / checklist.length) * 100)}
        format={() => `${done}/${checklist.length}`}
        aria-label={t('onboarding')}
      />
      <ol className="onboarding-steps">
        {checklist.map(({ key, done: ticked }, index) => (
          <li key={key} data-done={ticked} data-next={key === next}>
            <span className="onboarding-mark" aria-hidden="true">
              {ticked ? <CheckCircleFilled /> : index + 1}
            </span>
            <span className="stack">
              {ticked ? (
                <span>{word(key, 'title') || key}</span>
              ) : (
                <Link to={PLACES[key] ?? '/'}>{word(key, 'title') || key}</Link>
              )}
              <span className="quiet small">{ticked ? t('ticked') : word(key, 'text')}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
