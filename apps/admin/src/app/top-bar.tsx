import { DownOutlined, GlobalOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { setWorkspaceId } from '../api/workspace.js';
import { switchLocale } from '../i18n/i18n.js';
import { LOCALES, type UiLocale } from '../i18n/messages.js';
import { Brand } from './brand.js';
import { useOpenDemo } from './demo-workspace.js';
import { Search } from './search.js';
import { meQuery, useSession } from './session.js';

/** Workspace switch, language and the user's menu. */
export function TopBar({ narrow, onMenu }: { narrow: boolean; onMenu: () => void }) {
  const { t } = useTranslation('app');
  return (
    <header className="top-bar">
      {narrow && <Button type="text" icon={<MenuOutlined />} aria-label={t('nav.open')} onClick={onMenu} />}
      <Link to="/" className="top-bar-brand" aria-label={t('home')}>
        <Brand compact={narrow} />
      </Link>
      <WorkspaceSwitch />
      <span className="top-bar-space" />
      <Search narrow={narrow} />
      <LanguageSwitch />
      <UserMenu narrow={narrow} />
    </header>
  );
}

function WorkspaceSwitch() {
  const { t } = useTranslation('app');
  const { workspace, workspaces } = useSession();
  const navigate = useNavigate();
  const openDemo = useOpenDemo();
  const select = (id: string) => {
    if (id === 'new') return void navigate('/settings/workspace?new=1');
    if (id === 'demo') return void openDemo();
    // A fresh page: nothing of the other workspace may stay in memory.
    setWorkspaceId(id);
    window.location.assign('/');
  };
  const items: MenuProps['items'] = [
    ...workspaces.map(({ id, name }) => ({ key: id, label: name })),
    { type: 'divider' },
    { key: 'new', label: t('newWorkspace') },
    ...(workspaces.some(({ demo }) => demo) ? [] : [{ key: 'demo', label: t('demo.open') }]),
  ];
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, selectable: true, selectedKeys: [workspace.id], onClick: ({ key }) => select(key) }}
    >
      <Button type="text" className="top-bar-workspace" aria-label={`${t('workspace')}: ${workspace.name}`}>
        <span className="ellipsis">{workspace.name}</span>
        <DownOutlined />
      </Button>
    </Dropdown>
  );
}

const LANGUAGE_NAMES: Record<UiLocale, string> = { 'zh-CN': '中文', en: 'English' };

/** 中 / EN. Signed in, the choice is kept with the account; before that, on this machine. */
export function LanguageSwitch({ signedIn = true }: { signedIn?: boolean }) {
  const { t, i18n } = useTranslation('app');
  const choose = (locale: UiLocale) => {
    switchLocale(locale);
    if (!signedIn) return;
    // The page has switched already; a failure to remember it for other machines is not worth a message.
    answer(api.PATCH('/api/v1/auth/me', { body: { locale } })).then(
      (me) => queryClient.setQueryData(meQuery.queryKey, me),
      () => undefined,
    );
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: LOCALES.map((locale) => ({ key: locale, label: <span lang={locale}>{LANGUAGE_NAMES[locale]}</span> })),
        selectable: true,
        selectedKeys: [i18n.language],
        onClick: ({ key }) => choose(key as UiLocale),
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('language')}>
        {i18n.language === 'en' ? 'EN' : '中'}
      </Button>
    </Dropdown>
  );
}

function UserMenu({ narrow }: { narrow: boolean }) {
  const { t } = useTranslation('app');
  const { user } = useSession();
  const navigate = useNavigate();
  // The login page ends the session: until then the page that is left may still have its say about unsaved work.
  const signOut = () => void navigate('/login', { state: { signOut: true } });
  const items: MenuProps['items'] = [
    { key: 'account', label: <Link to="/account">{t('account')}</Link> },
    { key: 'docs', label: <a href="/api/docs">{t('apiDocs')}</a> },
    { type: 'divider' },
    { key: 'signOut', label: t('signOut'), onClick: signOut },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} aria-label={`${t('userMenu')}: ${user.name || user.email}`}>
        {narrow ? null : <span className="ellipsis top-bar-user">{user.name || user.email}</span>}
      </Button>
    </Dropdown>
  );
}
