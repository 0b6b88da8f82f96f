import {
  ApiOutlined,
  ApartmentOutlined,
  BarChartOutlined,
  CommentOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FieldTimeOutlined,
  FileTextOutlined,
  FormOutlined,
  FilterOutlined,
  HddOutlined,
  ImportOutlined,
  InboxOutlined,
  MailOutlined,
  PictureOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  SendOutlined,
  SettingOutlined,
  StopOutlined,
  TagsOutlined,
  ThunderboltOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { answer, api } from '../api/client.js';
import { useSession } from './session.js';

interface Entry {
  /** Key under `app:nav`. */
  key: string;
  to: string;
  icon: ReactNode;
  /** Which count of what waits for people stands beside it. */
  counts?: 'review' | 'replies';
  /** Of no use to anybody else. */
  owner?: true;
}

/** Every screen that has a place in the menu. */
export const GROUPS: { key: string; entries: Entry[] }[] = [
  {
    key: 'main',
    entries: [
      { key: 'dashboard', to: '/', icon: <DashboardOutlined /> },
      { key: 'campaigns', to: '/campaigns', icon: <SendOutlined /> },
      { key: 'reports', to: '/reports', icon: <BarChartOutlined /> },
      { key: 'triggered', to: '/triggered', icon: <ThunderboltOutlined /> },
      { key: 'templates', to: '/templates', icon: <FileTextOutlined /> },
      { key: 'images', to: '/images', icon: <PictureOutlined /> },
      { key: 'replies', to: '/replies', icon: <CommentOutlined />, counts: 'replies' },
      { key: 'inbound', to: '/inbound', icon: <InboxOutlined />, counts: 'review' },
    ],
  },
  {
    key: 'audience',
    entries: [
      { key: 'contacts', to: '/contacts', icon: <UserOutlined /> },
      { key: 'lists', to: '/lists', icon: <UnorderedListOutlined /> },
      { key: 'forms', to: '/forms', icon: <FormOutlined /> },
      { key: 'segments', to: '/segments', icon: <FilterOutlined /> },
      { key: 'imports', to: '/imports', icon: <ImportOutlined /> },
      { key: 'suppressions', to: '/suppressions', icon: <StopOutlined /> },
      { key: 'fields', to: '/fields', icon: <TagsOutlined /> },
    ],
  },
  {
    key: 'settings',
    entries: [
      { key: 'workspace', to: '/settings/workspace', icon: <SettingOutlined /> },
      { key: 'senders', to: '/settings/senders', icon: <ApartmentOutlined /> },
      { key: 'domains', to: '/settings/domains', icon: <SafetyCertificateOutlined /> },
      { key: 'sending', to: '/settings/sending', icon: <FieldTimeOutlined /> },
      { key: 'mailboxes', to: '/settings/mailboxes', icon: <MailOutlined /> },
      { key: 'bounceRules', to: '/settings/bounce-rules', icon: <SafetyOutlined /> },
      { key: 'apiKeys', to: '/settings/api-keys', icon: <ApiOutlined /> },
      { key: 'sandbox', to: '/sandbox', icon: <ExperimentOutlined /> },
      { key: 'system', to: '/settings/system', icon: <HddOutlined />, owner: true },
    ],
  },
];

/** The main navigation: plain links, so that open-in-new-tab and screen readers work as everywhere. */
export function Nav({ collapsed, onNavigate }: { collapsed: boolean; onNavigate?: () => void }) {
  const { t } = useTranslation('app');
  const waiting = useWaiting();
  const { role } = useSession().workspace;
  return (
    <nav className="nav" data-collapsed={collapsed} aria-label={t('nav.label')}>
      {GROUPS.map((group) => (
        <section key={group.key} aria-label={t(`nav.group.${group.key}`)}>
          <p className="nav-group" aria-hidden="true">
            {t(`nav.group.${group.key}`)}
          </p>
          <ul>
            {group.entries
              .filter((entry) => !entry.owner || role === 'owner')
              .map((entry) => (
                <li key={entry.key}>
                  <NavEntry
                    entry={entry}
                    waiting={entry.counts ? (waiting?.[entry.counts] ?? 0) : 0}
                    collapsed={collapsed}
                    onNavigate={onNavigate}
                  />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** Counts for the menu; the API counts up to a thousand. */
function useWaiting() {
  const { data } = useQuery({
    queryKey: ['inbound', 'counts'],
    queryFn: () => answer(api.GET('/api/v1/inbound/counts')),
    refetchInterval: 30_000,
  });
  return data;
}

function NavEntry({
  entry,
  waiting,
  collapsed,
  onNavigate,
}: {
  entry: Entry;
  waiting: number;
  collapsed: boolean;
  onNavigate: (() => void) | undefined;
}) {
  const { t } = useTranslation('app');
  const label = t(`nav.${entry.key}`);
  const link = (
    <NavLink to={entry.to} end={entry.to === '/'} className="nav-link" onClick={onNavigate}>
      <span className="nav-icon" aria-hidden="true">
        {entry.icon}
      </span>
      <span className={collapsed ? 'visually-hidden' : 'nav-text'}>{label}</span>
      {waiting > 0 && (
        <span className="nav-count">
          <span aria-hidden="true">{waiting < 1_000 ? waiting : '999+'}</span>
          <span className="visually-hidden">{t(`nav.waiting.${entry.counts!}`, { count: waiting })}</span>
        </span>
      )}
    </NavLink>
  );
  return collapsed ? (
    <Tooltip title={label} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
