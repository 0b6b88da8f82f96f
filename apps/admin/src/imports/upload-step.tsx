import { CloudUploadOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Progress, Segmented, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem.js';
import type { Resource } from '../api/types.js';
import { uploadFile } from './upload-file.js';
import './imports.css';

const MAX_BYTES = 200e6;
const TEMPLATE = {
  'zh-CN': '邮箱,姓名,标签\r\nli.ming@example.com,李明,"客户,VIP"\r\n',
  en: 'email,name,tags\r\nann.lee@example.com,Ann Lee,"customer,VIP"\r\n',
};
const ACCEPTED = '.csv,.tsv,.txt,.xlsx,text/csv,text/plain';

/** Step 1: a file by drag or choice, or pasted rows. */
export function UploadStep({ onUploaded }: { onUploaded: (draft: Resource<'Import'>) => Promise<void> }) {
  const { t } = useTranslation('imports');
  const { t: problem } = useTranslation('problem');
  const [way, setWay] = useState<'file' | 'paste'>('file');
  const [text, setText] = useState('');
  const [share, setShare] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const busy = share !== null;
  const [error, setError] = useState<{ title: string; detail?: string } | null>(null);
  const read = async (file: File) => {
    if (file.size > MAX_BYTES) return setError({ title: t('tooLarge') });
    if (/\.xls$/i.test(file.name)) return setError({ title: t('excel'), detail: t('excelHelp') });
    const controller = new AbortController();
    running.current = controller;
    setShare(0);
    setError(null);
    try {
      await onUploaded(await uploadFile(file, setShare, controller.signal));
    } catch (failure) {
      if (!controller.signal.aborted) setError(problemText(failure, problem));
    } finally {
      setShare(null);
    }
  };
  return (
    <div className="stack gap-16">
      <div>
        <Segmented
          value={way}
          onChange={setWay}
          options={[
            { value: 'file', label: t('way.file') },
            { value: 'paste', label: t('way.paste') },
          ]}
        />
      </div>
      {error && <Alert type="error" showIcon role="alert" title={error.title} description={error.detail} />}
      {way === 'file' ? (
        <>
          <Upload.Dragger
            accept={ACCEPTED}
            disabled={busy}
            multiple={false}
            showUploadList={false}
            beforeUpload={(file) => {
              void read(file);
              return false;
            }}
          >
            <p className="drop-icon" aria-hidden="true">
              <CloudUploadOutlined />
            </p>
            <p className="drop-title">{t('drop')}</p>
            <p className="quiet">{t('dropHelp')}</p>
          </Upload.Dragger>
          {busy && (
            <div className="upload-progress">
              <Progress
                percent={Math.floor(share * 100)}
                status="active"
                aria-label={t('uploading')}
                format={(percent) => (percent === 100 ? t('reading') : `${percent} %`)}
              />
              <Button onClick={() => running.current?.abort()}>{t('cancel')}</Button>
            </div>
          )}
        </>
      ) : (
        <>
          <label htmlFor="paste" className="quiet">
            {t('pasteHelp')}
          </label>
          <Input.TextArea
            id="paste"
            rows={10}
            className="mono"
            value={text}
            maxLength={2_000_000}
            onChange={(event) => setText(event.target.value)}
          />
          <div>
            <Button
              type="primary"
              disabled={!text.trim()}
              loading={busy}
              onClick={() => void read(new File([text], t('pastedName'), { type: 'text/csv' }))}
            >
              {t('next')}
            </Button>
          </div>
        </>
      )}
      <TemplateLink />
    </div>
  );
}

/** A small file to fill in, with a byte order mark so that Excel reads its Chinese. */
function TemplateLink() {
  const { t, i18n } = useTranslation('imports');
  const text = i18n.language === 'en' ? TEMPLATE.en : TEMPLATE['zh-CN'];
  return (
    <p className="quiet">
      {t('templateHelp')}{' '}
      <a href={`data:text/csv;charset=utf-8,%EF%BB%BF${encodeURIComponent(text)}`} download={t('templateName')}>
        {t('template')}
      </a>
    </p>
  );
}
