import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Bytes } from '../components/count.js';

/** What fills the database, the largest first, and how much room is left on the disk of the data folder. */
export function Storage({ storage }: { storage: Resource<'SystemState'>['storage'] }) {
  const { t } = useTranslation('system');
  const { databaseBytes, disk } = storage;
  const parts = storage.parts.toSorted((a, b) => b.bytes - a.bytes);
  const used = disk ? Math.round((1 - disk.freeBytes / disk.totalBytes) * 100) : 0;
  return (
    <section className="panel" aria-labelledby="storage-title">
      <h2 id="storage-title">{t('storage')}</h2>
      <div className="columns-half">
        <div className="stack">
          <span className="spread">
            <strong>{t('database')}</strong>
            <Bytes value={databaseBytes} />
          </span>
          <ul className="plain-list storage-parts" aria-label={t('database')}>
            {parts.map(({ name, bytes }) => (
              <li key={name}>
                <span>{t(`part.${name}`)}</span>
                <Bytes value={bytes} />
              </li>
            ))}
          </ul>
        </div>
        <div className="stack">
          <span className="spread">
            <strong>{t('disk')}</strong>
            {disk && (
              <span>
                {t('free')} <Bytes value={disk.freeBytes} /> / <Bytes value={disk.totalBytes} />
              </span>
            )}
          </span>
          {disk ? (
            <Progress percent={used} status="normal" aria-label={t('diskUsed', { percent: used })} />
          ) : (
            <p className="quiet">{t('diskUnknown')}</p>
          )}
          <p className="quiet small">{t('diskText')}</p>
        </div>
      </div>
    </section>
  );
}
