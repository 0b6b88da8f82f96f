import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { IMAGE_KINDS, type Image } from './image-query.js';

/** Uploads one file after the other into a folder (empty: into none); what fails is reported and the rest goes on. */
export function useUploads(folder: string): { add: (files: File[]) => void; busy: boolean } {
  const { t } = useTranslation('images');
  const { message } = App.useApp();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const run = async (files: File[]) => {
    setBusy(true);
    let done = 0;
    for (const file of files) {
      try {
        await upload<Image>('/api/v1/images', file, { folder });
        done += 1;
      } catch (error) {
        report(error);
      }
    }
    setBusy(false);
    if (done > 0) message.success(t(folder ? 'uploadedInto' : 'uploaded', { count: done, folder }));
    await queryClient.invalidateQueries({ queryKey: ['images'] });
  };
  const add = (files: File[]) => {
    const pictures = files.filter(({ type }) => IMAGE_KINDS.includes(type));
    if (pictures.length < files.length) message.warning(t('kindsOnly'));
    if (pictures.length > 0) void run(pictures);
  };
  return { add, busy };
}
