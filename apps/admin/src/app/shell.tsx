import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Button, Drawer, Skeleton, Spin } from 'antd';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigation } from 'react-router';
import { useNarrow } from '../components/use-narrow.js';
import { Nav } from './nav.js';
import { useSession } from './session.js';
import { SignInAgain } from './sign-in-again.js';
import { TopBar } from './top-bar.js';

/** Few workspaces are demos, and its button brings a dialog along. */
const DemoNotice = lazy(() => import('./demo-notice.js'));

const COLLAPSED_KEY = 'hongyan.nav.collapsed';

/** The frame around every screen: skip link, top bar, navigation (a drawer on narrow screens), content. */
export function Shell() {
  const { t } = useTranslation('app');
  const narrow = useNarrow();
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED_KEY) === '1');
  const [drawer, setDrawer] = useState(false);
  const toggle = () => {
    localStorage.setItem(COLLAPSED_KEY, collapsed ? '0' : '1');
    setCollapsed(!collapsed);
  };
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <TopBar narrow={narrow} onMenu={() => setDrawer(true)} />
      <div className="shell-body">
        {narrow ? (
          <Drawer
            placement="left"
            size={256}
            open={drawer}
            onClose={() => setDrawer(false)}
            title={t('product')}
            styles={{ body: { padding: 8 } }}
          >
            <Nav collapsed={false} onNavigate={() => setDrawer(false)} />
          </Drawer>
        ) : (
          <aside className="sider" data-collapsed={collapsed}>
            <Nav collapsed={collapsed} />
            <Button
              type="text"
              className="sider-toggle"
              icon={collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
              aria-label={collapsed ? t('nav.expand') : t('nav.collapse')}
              aria-expanded={!collapsed}
              onClick={toggle}
            />
          </aside>
        )}
        <Content />
      </div>
      <SignInAgain />
    </div>
  );
}

/** The screen itself. After a change of page the focus goes to it, so that a screen reader starts at the new content. */
function Content() {
  const { workspace } = useSession();
  const { pathname, hash } = useLocation();
  const { state } = useNavigation();
  const main = useRef<HTMLElement>(null);
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    // Who names a place on the page is brought there by the page.
    if (hash) return;
    main.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [pathname, hash]);
  return (
    <main id="content" className="content" ref={main} tabIndex={-1} data-busy={state === 'loading'}>
      {workspace.demo && (
        <Suspense fallback={<div className="demo-room gap-below" />}>
          <DemoNotice />
        </Suspense>
      )}
      <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>
        <Outlet />
      </Suspense>
    </main>
  );
}

/** While the first files and the session arrive. */
export function BootScreen() {
  return (
    <div className="boot">
      <Spin size="large" />
    </div>
  );
}
