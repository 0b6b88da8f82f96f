import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Count } from '../components/count.js';
import { CheckSamples, type Group } from './check-samples.js';
import { Failure } from './failure.js';
import { useErrorFile } from './use-error-file.js';

type ImportJob = Resource<'Import'>;
/** Groups of rows, in the order in which they are shown. */
const GROUPS = ['fresh', 'existing', 'duplicates', 'invalid', 'risky', 'left', 'suppressed'] as const satisfies Group[];

function countOf(job: ImportJob, group: Group): number {
  if (group === 'duplicates' || group === 'invalid') return job[group];
  if (group === 'risky') return job.quality.reduce((sum, { count }) => sum + count, 0);
  return job.check?.[group] ?? 0;
}

/** What the import would do, before anything is written; each group opens to some of its rows. */
export function CheckPanel({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  const [open, setOpen] = useState<Group | null>(null);
  const saving = useErrorFile(job);
  if (job.error) {
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        className="gap-below"
        title={t('checkFailed')}
        description={<Failure error={job.error} />}
      />
    );
  }
  const { check } = job;
  return (
    <section className="check-panel" aria-busy={!check} aria-live="polite">
      <div className="spread">
        <h2>{t('check')}</h2>
        {check && job.invalid + job.duplicates > 0 && (
          <Button size="small" icon={<DownloadOutlined />} loading={saving.busy} onClick={saving.save}>
            {t('errors')}
          </Button>
        )}
      </div>
      {!check ? (
        <Running job={job} />
      ) : (
        <>
          <p className="quiet no-margin">{t('checkLead', { count: job.rows })}</p>
          <ul className="check-groups">
            {GROUPS.map((group) => (
              <li key={group}>
                <GroupTile
                  group={group}
                  count={countOf(job, group)}
                  open={open === group}
                  onToggle={() => setOpen(open === group ? null : group)}
                />
              </li>
            ))}
          </ul>
          {open && <CheckSamples group={open} total={countOf(job, open)} samples={check.samples} />}
        </>
      )}
    </section>
  );
}

interface TileProps {
  group: Group;
  count: number;
  open: boolean;
  onToggle: () => void;
}

/** A number that opens; nothing opens where there is nobody. */
function GroupTile({ group, count, open, onToggle }: TileProps) {
  const { t } = useTranslation('imports');
  const inside = (
    <>
      <span className="check-name">{t(`group.${group}`)}</span>
      <span className="check-count">
        <Count value={count} />
      </span>
      <span className="quiet small">{t(`groupHelp.${group}`)}</span>
    </>
  );
  if (count === 0) return <div className="check-group">{inside}</div>;
  return (
    <button
      type="button"
      className="check-group"
      aria-expanded={open}
      aria-controls="check-samples"
      data-group={group}
      onClick={onToggle}
    >
      {inside}
      <span className="check-more">{open ? t('hideSamples') : t('showSamples')}</span>
    </button>
  );
}

function Running({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  const isReading = job.phase === 'reading';
  const percent = job.bytes > 0 ? Math.min(100, Math.floor((job.bytesRead / job.bytes) * 100)) : 0;
  return (
    <>
      <p className="no-margin">{t(isReading ? 'checkReading' : 'checkComparing')}</p>
      <Progress percent={isReading ? percent : 100} status="active" showInfo={isReading} aria-label={t('check')} />
      <p className="quiet small no-margin">{t('mayLeave')}</p>
    </>
  );
}
