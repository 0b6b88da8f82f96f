import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/query.js';
import { theme } from './theme.js';

/** antd's own words put the label, with its capital, into the middle of a sentence. */
const ENGLISH = { required: '${label} is required' };

/** Theme, widget language and the cache, around the router. */
export function Providers({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const isEnglish = i18n.language === 'en';
  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider
        locale={isEnglish ? enUS : zhCN}
        theme={theme}
        button={{ autoInsertSpace: false }}
        form={{
          requiredMark: true,
          scrollToFirstError: { focus: true, block: 'center' },
          ...(isEnglish && { validateMessages: ENGLISH }),
        }}
      >
        {children}
      </ConfigProvider>
    </QueryClientProvider>
  );
}
