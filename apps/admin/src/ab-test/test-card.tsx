import { ExperimentOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { answer, api } from '../api/client.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { ZonedTime } from '../components/relative-time.js';
import { SubjectText } from '../components/subject-text.js';
import { abTestQuery, letterOf, refreshTest, type AbTest } from './ab-query.js';
import './ab-test.css';
import { DepartureText } from './departure-text.js';
import { unitOf } from './duration.js';
import { SplitText } from './split-text.js';
import { SubjectField } from './subject-field.js';
import { TestDrawer } from './test-drawer.js';
import type { TestedCampaign } from './tested-campaign.js';
import { testsTimes } from './times.js';

/** What the campaign tests, and the way to set that up. */
export default function TestCard(props: TestedCampaign) {
  const { t } = useTranslation('abTest');
  const { campaignId } = props;
  const { data: test, error, refetch } = useQuery(abTestQuery(campaignId));
  const [open, setOpen] = useState(false);
  const remove = async () => {
    await answer(api.DELETE('/api/v1/campaigns/{id}/ab-test', { params: { path: { id: campaignId } } }));
    await refreshTest(campaignId);
  };
  return (
    <section id="section-abTest" className="panel check-section" tabIndex={-1} aria-labelledby="title-abTest">
      <div className="check-section-head">
        <ExperimentOutlined aria-hidden="true" />
        <h2 id="title-abTest">{t('title')}</h2>
        <span className="check-section-extra">
          {test && (
            <ConfirmButton
              danger
              question={t('removeQuestion')}
              consequence={t('removeText')}
              confirm={t('remove')}
              onConfirm={remove}
            >
              {t('remove')}
            </ConfirmButton>
          )}
          {test !== undefined && <Button onClick={() => setOpen(true)}>{test ? t('edit') : t('setUp')}</Button>}
        </span>
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {test === null && <p className="quiet">{t('none')}</p>}
      {test && <Summary test={test} {...props} />}
      {test !== undefined && <TestDrawer open={open} onClose={() => setOpen(false)} test={test} {...props} />}
    </section>
  );
}

function Summary({ campaignId, test, campaign, people, departure }: TestedCampaign & { test: AbTest }) {
  const { t } = useTranslation('abTest');
  const ofTimes = testsTimes(test);
  const { hash } = useLocation();
  const duration = unitOf(test.durationMinutes);
  return (
    <>
      <ul className="plain-list ab-variants">
        <li>
          <span className="ab-letter">{letterOf(0)}</span>
          <span>
            <strong>
              {campaign.content.subject ? <SubjectText subject={campaign.content.subject} /> : t('noSubject')}
            </strong>
            <span className="quiet block">{campaign.from.name}</span>
            {ofTimes && <DepartureText departure={departure} />}
          </span>
        </li>
        {test.variants.map((variant, index) => (
          <li key={index}>
            <span className="ab-letter">{letterOf(index + 1)}</span>
            {variant.sendAt !== null ? (
              <span>
                <ZonedTime at={Date.parse(variant.sendAt)} zone={departure.zone} />
              </span>
            ) : (
              <span className="ab-said">
                <SubjectField
                  campaignId={campaignId}
                  test={test}
                  index={index}
                  first={index === 0 && hash === '#abTest'}
                />
                <span className="quiet block">
                  {variant.fromName ?? campaign.from.name}
                  {variant.content && ` · ${t('ownContent')}`}
                  {' · '}
                  <ContentLink campaignId={campaignId} variant={index + 1} own={variant.content !== null} />
                </span>
              </span>
            )}
          </li>
        ))}
      </ul>
      <SplitText shares={{ ...test, variants: test.variants.length + 1 }} people={people} />
      {ofTimes && <p className="quiet small">{t('timesNote')}</p>}
      <dl className="facts">
        <div>
          <dt>{t(ofTimes ? 'comparedBy' : 'metric')}</dt>
          <dd>{t(`metrics.${test.metric}`)}</dd>
        </div>
        <div>
          <dt>{t(ofTimes ? 'window' : 'duration')}</dt>
          <dd>{t(duration.key, { n: duration.n })}</dd>
        </div>
        {!ofTimes && (
          <div>
            <dt>{t('fallback')}</dt>
            <dd>
              {test.fallback === null ? t('fallbackAsk') : t('fallbackSend', { letter: letterOf(test.fallback) })}
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** The way to what a variant says, and where one comes back to. */
function ContentLink({ campaignId, variant, own }: { campaignId: string; variant: number; own: boolean }) {
  const { t } = useTranslation('abTest');
  const { hash } = useLocation();
  const letter = letterOf(variant);
  const link = useRef<HTMLAnchorElement>(null);
  const backHere = hash === `#abTest-${letter}`;
  useEffect(() => {
    if (!backHere) return;
    link.current?.scrollIntoView({ block: 'center' });
    link.current?.focus({ preventScroll: true });
  }, [backHere]);
  return (
    <Link
      ref={link}
      to={`/campaigns/${campaignId}/variants/${letter}`}
      aria-label={t(own ? 'editContentOf' : 'writeContentOf', { letter })}
    >
      {t(own ? 'editContent' : 'writeContent')}
    </Link>
  );
}
