import { App } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SegmentRule } from '#contracts';
import { ApiError, type FieldProblem } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { BodyOf, Resource } from '../api/types.js';
import { staleCurrent, useAskOverwrite } from '../components/use-stale.js';

export type Segment = Resource<'Segment'>;

/** What a person writes of a segment. */
export interface SegmentDraft {
  name: string;
  description: string;
  rule: SegmentRule;
}

interface SaveEvents {
  onSaved: (draft: SegmentDraft) => void;
  onTheirs: (draft: SegmentDraft) => void;
  onLeave: () => void;
}

/** Saving a segment, with what can go wrong: a name that is missing or taken, a wrong row, someone else's version. */
export function useSaveSegment(stored: Segment | undefined, draft: SegmentDraft, events: SaveEvents) {
  const { t } = useTranslation('segments');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const report = useReport();
  const askOverwrite = useAskOverwrite();
  const version = useRef(stored?.version ?? 0);
  const [busy, setBusy] = useState(false);
  const [nameError, setNameError] = useState<string>();
  const [errors, setErrors] = useState<FieldProblem[]>([]);

  const write = async (): Promise<void> => {
    const body = draft as unknown as BodyOf<'/api/v1/segments', 'post'>;
    let id = stored?.id ?? '';
    if (stored) {
      const path = { id };
      const changes = { ...body, version: version.current };
      const fresh = await answer(api.PATCH('/api/v1/segments/{id}', { params: { path }, body: changes }));
      version.current = fresh.version;
      queryClient.setQueryData(['segments', stored.id], fresh);
      events.onSaved(draft);
    } else {
      const fresh = await answer(api.POST('/api/v1/segments', { body }));
      id = fresh.id;
      events.onLeave();
      events.onSaved(draft);
      queryClient.setQueryData(['segments', fresh.id], fresh);
      void navigate(`/segments/${fresh.id}`, { replace: true });
    }
    message.success(t('savedState'));
    void remember(id).then(() => queryClient.invalidateQueries({ queryKey: ['segments', 'list'] }));
    await queryClient.invalidateQueries({ queryKey: ['segments', 'choices'] });
  };

  /** The number for the list of segments; a count that fails takes nothing from what is saved. */
  const remember = (id: string) =>
    answer(api.POST('/api/v1/segments/{id}/count', { params: { path: { id } } })).then(
      () => undefined,
      () => undefined,
    );

  const refused = async (error: unknown): Promise<void> => {
    if (!(error instanceof ApiError)) return report(error);
    const current = staleCurrent<Segment>(error);
    if (current) {
      version.current = current.version;
      if (await askOverwrite()) return write().catch(refused);
      const { name, description, rule } = current as unknown as SegmentDraft;
      return events.onTheirs({ name, description, rule });
    }
    if (error.code === 'ALREADY_EXISTS') {
      setNameError(t('nameTaken'));
      document.getElementById('segment-name')?.focus();
      return;
    }
    setErrors(error.errors);
    if (!error.errors.some(({ property }) => property.startsWith('rule.'))) report(error);
  };

  const save = async (): Promise<void> => {
    if (busy) return;
    if (!draft.name.trim()) {
      setNameError(t('nameMissing'));
      document.getElementById('segment-name')?.focus();
      return;
    }
    setNameError(undefined);
    setErrors([]);
    setBusy(true);
    try {
      await write();
    } catch (error) {
      await refused(error);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, nameError, errors, forgetNameError: () => setNameError(undefined) };
}
