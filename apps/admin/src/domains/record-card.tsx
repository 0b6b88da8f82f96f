import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../components/copy-field.js';
import { RecordState, type DomainRecord } from './domain-status.js';

const ICONS: Record<DomainRecord['state'], ReactNode> = {
  ok: <CheckCircleFilled />,
  unsure: <WarningFilled />,
  missing: <CloseCircleFilled />,
  wrong: <CloseCircleFilled />,
  unanswered: <ClockCircleOutlined />,
  unchecked: <ClockCircleOutlined />,
};

/** One record: what it is for, how it stands, what to publish, and what stands there instead. */
export function RecordCard({ record }: { record: DomainRecord }) {
  const { t } = useTranslation('domains');
  const { kind, type, name, value, state, code, params, found } = record;
  const label = t(`kind.${kind}`);
  // What is set in the system's settings is not published.
  const toPublish = state !== 'ok' && code !== 'TRACKING_LOCAL';
  return (
    <article className="record" data-state={state} aria-label={`${label} ${name}`}>
      <span className="record-icon" aria-hidden="true">
        {ICONS[state]}
      </span>
      <div className="record-body">
        <div className="spread">
          <h3>
            {label} {state === 'ok' && <code className="mono record-name">{name}</code>}
          </h3>
          <RecordState record={record} />
        </div>
        <p className="quiet">{t(`purpose.${kind}`)}</p>
        {code && (
          <p className={state === 'ok' ? 'tone-good' : 'record-finding'}>{t(`finding.${code}`, { ...params, name })}</p>
        )}
        {toPublish && (
          <div className="record-fields">
            <Labelled label={t('field.type')}>
              <code className="mono">{kind === 'tracking' ? t('addressRecord') : type}</code>
            </Labelled>
            <Labelled label={t('field.name')}>
              <CopyField value={name} label={t('copyName', { kind: label })} />
            </Labelled>
            {value && (
              <Labelled label={t('field.value')}>
                <CopyField value={value} label={t('copyValue', { kind: label })} />
              </Labelled>
            )}
          </div>
        )}
        {toPublish && found.length > 0 && (
          <Labelled label={t('field.found')}>
            {found.map((each, index) => (
              <code key={index} className="mono record-found">
                {each}
              </code>
            ))}
          </Labelled>
        )}
      </div>
    </article>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="record-field">
      <span className="quiet">{label}</span>
      <div className="stack">{children}</div>
    </div>
  );
}
