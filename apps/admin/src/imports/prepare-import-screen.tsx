import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { listsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { NotFoundPage } from '../app/error-page.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { MappingStep, type Format, type Mapping } from './mapping-step.js';
import { RulesStep, type Rules } from './rules-step.js';
import { WizardSteps } from './wizard-steps.js';
import './imports.css';

type Preview = Resource<'ImportPreview'>;

const POLL_MS = 400;
const IN_PREPARATION = ['draft', 'checking', 'checked'];

/** A draft on its way: columns → rules beside what the check found → started. The file lies on the server. */
export default function PrepareImportScreen() {
  const id = useParams().id!;
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const job = useQuery({
    queryKey: ['imports', id],
    queryFn: () => answer(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'checking' ? POLL_MS : false),
  });
  if (isNotFound(job.error)) return <NotFoundPage />;
  if (job.error && !job.data) return <ProblemAlert error={job.error} onRetry={() => void job.refetch()} />;
  if (!job.data) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (!IN_PREPARATION.includes(job.data.status)) return <Navigate to={`/imports/${id}`} replace />;
  const discard = async () => {
    await answer(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } }));
    void navigate('/imports');
    await queryClient.invalidateQueries({ queryKey: ['imports'] });
  };
  return (
    <>
      <PageHeader
        title={job.data.fileName}
        back={{ to: '/imports', label: t('title') }}
        actions={
          <ConfirmButton
            question={t('discardQuestion')}
            consequence={t('discardText')}
            confirm={t('discard')}
            onConfirm={discard}
          >
            {t('discard')}
          </ConfirmButton>
        }
      />
      <Wizard job={job.data} onChanged={() => job.refetch()} />
    </>
  );
}

function Wizard({ job, onChanged }: { job: Resource<'Import'>; onChanged: () => Promise<unknown> }) {
  const { id } = job;
  const navigate = useNavigate();
  const report = useReport();
  const [params] = useSearchParams();
  const lists = useQuery(listsQuery);
  const [step, setStep] = useState<'mapping' | 'rules'>('mapping');
  const [format, setFormat] = useState<Format>({});
  const [mapping, setMapping] = useState<{ of: Preview; targets: Mapping } | null>(null);
  const preview = useQuery({
    queryKey: ['import-preview', id, format],
    queryFn: () => {
      const { hasHeader, encoding, delimiter, sheet } = format;
      const query = {
        ...(encoding && { encoding }),
        ...(delimiter && { delimiter }),
        ...(sheet && { sheet }),
        ...(hasHeader !== undefined && { hasHeader: hasHeader ? ('true' as const) : ('false' as const) }),
      };
      return answer(api.GET('/api/v1/imports/{id}/preview', { params: { path: { id }, query } }));
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  if (preview.error) return <ProblemAlert error={preview.error} onRetry={() => setFormat({})} />;
  if (!preview.data) return <Skeleton active paragraph={{ rows: 8 }} />;
  const seen = preview.data;
  const targets = mapping?.of === seen ? mapping.targets : seen.columns.map(({ target }) => target);
  const check = async (listId: string | null) => {
    const { encoding, delimiter, sheet, hasHeader } = seen;
    const read = sheet === null ? { encoding: encoding!, delimiter: delimiter! } : { sheet };
    const body = { mapping: targets, hasHeader, listId, ...read };
    await answer(api.POST('/api/v1/imports/{id}/check', { params: { path: { id } }, body }));
    await onChanged();
  };
  const begin = async () => {
    try {
      const only = lists.data?.length === 1 ? lists.data[0]!.id : null;
      await check(params.get('list') ?? only);
      setStep('rules');
    } catch (error) {
      report(error);
    }
  };
  const start = async (body: Rules) => {
    await answer(api.POST('/api/v1/imports/{id}/start', { params: { path: { id } }, body }));
    await queryClient.invalidateQueries({ queryKey: ['imports'] });
    void navigate(`/imports/${id}`);
  };
  return (
    <div className="panel">
      <WizardSteps current={step} />
      {step === 'mapping' ? (
        <MappingStep
          bytes={job.bytes}
          preview={seen}
          reading={preview.isPlaceholderData}
          mapping={targets}
          onMapping={(changed) => setMapping({ of: seen, targets: changed })}
          onFormat={(change) => setFormat({ ...format, ...change })}
          onBack={() => void navigate('/imports/new')}
          onNext={begin}
        />
      ) : (
        <RulesStep
          job={job}
          listId={params.get('list')}
          onList={check}
          onBack={() => setStep('mapping')}
          onStart={start}
        />
      )}
    </div>
  );
}
