import { EditOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { upload } from '../api/client.js';
import { useReport } from '../api/problem.js';
import type { Resource } from '../api/types.js';
import { Bytes } from '../components/count.js';
import { LinkButton } from '../components/link-button.js';
import { MailFrame } from '../components/mail-frame.js';
import { SizeMeter, isBlank, usePreview } from '../editor/index.js';
import { begunAs } from './blank-content.js';
import type { SectionState } from './checklist.js';
import { useDraftContext } from './draft-context.js';
import { Section } from './section.js';
import { StartFrom } from './start-from.js';

const MOST_ATTACHMENTS = 10;

/** The mail: how to begin while there is none, else a look at it and the way to its editor. */
export function ContentSection({ state }: { state: SectionState }) {
  const { t } = useTranslation('campaigns');
  const { campaign, draft } = useDraftContext();
  const [choosing, setChoosing] = useState(false);
  const blank = isBlank(draft.content);
  const begun = blank ? begunAs(draft.content) : null;
  const nothing = blank && !begun;
  return (
    <Section
      name="content"
      number={4}
      state={state}
      extra={
        !nothing && (
          <>
            <Button onClick={() => setChoosing(!choosing)}>{choosing ? t('keepContent') : t('replaceContent')}</Button>
            <LinkButton type="primary" icon={<EditOutlined />} to={`/campaigns/${campaign.id}/content`}>
              {t('editContent')}
            </LinkButton>
          </>
        )
      }
    >
      {nothing || choosing ? (
        <StartFrom replacing={!blank} onChosen={() => setChoosing(false)} />
      ) : begun ? (
        <p className="quiet">{t(`begun.${begun}`)}</p>
      ) : (
        <Look />
      )}
      <Attachments />
    </Section>
  );
}

function Look() {
  const { t } = useTranslation('campaigns');
  const { draft } = useDraftContext();
  const { data } = usePreview(draft.content, undefined);
  return (
    <div className="content-look">
      {data?.html ? (
        <MailFrame html={data.html} height={300} />
      ) : (
        <pre className="mail-text content-look-text" tabIndex={0}>
          {data?.text ?? draft.content.text}
        </pre>
      )}
      {data?.html && (
        <div className="content-facts">
          <SizeMeter bytes={data.size} />
          <span className="quiet">{t('linkCount', { count: data.links.length })}</span>
        </div>
      )}
    </div>
  );
}

/** The refusal of a file with the file's name, which the server does not know yet when it stops reading. */
function namedAfter({ name }: File, error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const errors = error.errors.map((problem) => ({ ...problem, params: { ...problem.params, name } }));
  return new ApiError({ code: error.code, status: error.status, detail: error.detail, errors });
}

function Attachments() {
  const { t } = useTranslation('campaigns');
  const { draft, change } = useDraftContext();
  const file = useRef<HTMLInputElement>(null);
  const report = useReport();
  const { attachments } = draft;
  const add = useMutation({
    mutationFn: (picked: File) => upload<Resource<'Attachment'>>('/api/v1/attachments', picked),
    onSuccess: (fresh) => change({ attachments: [...attachments, fresh] }),
    onError: (error, picked) => report(namedAfter(picked, error)),
  });
  // The file itself stays on the server: a copy of this campaign may refer to it.
  const remove = (id: string) => change({ attachments: attachments.filter((entry) => entry.id !== id) });
  return (
    <div className="attachments">
      {attachments.map(({ id, name, bytes }) => (
        <Tag
          key={id}
          icon={<PaperClipOutlined />}
          closable={{ 'aria-label': t('removeAttachment', { name }) }}
          onClose={(event) => {
            event.preventDefault();
            remove(id);
          }}
        >
          <span className="attachment-name">{name}</span> · <Bytes value={bytes} />
        </Tag>
      ))}
      {attachments.length < MOST_ATTACHMENTS && (
        <Button size="small" icon={<PaperClipOutlined />} loading={add.isPending} onClick={() => file.current?.click()}>
          {t('addAttachment')}
        </Button>
      )}
      <input
        ref={file}
        type="file"
        hidden
        aria-label={t('addAttachment')}
        onChange={(event) => {
          const picked = event.target.files?.[0];
          if (picked) add.mutate(picked);
          event.target.value = '';
        }}
      />
    </div>
  );
}
