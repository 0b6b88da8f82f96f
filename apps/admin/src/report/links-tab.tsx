import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { Count, Rate } from '../components/count.js';
import { EmptyState } from '../components/empty-state.js';
import { Heatmap } from './heatmap.js';
import type { Campaign, Report } from './report-query.js';
import { segmentLink } from './segment-link.js';

type Link = Report['links'][number];

/** A link by what tells it from the others of a mail: its path first, then where it leads. */
function LinkName({ url }: { url: string }) {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return <span className="link-path">{url}</span>;
  const { host, pathname, search, hash } = new URL(url);
  const path = `${pathname}${search}${hash}`;
  return (
    <>
      <span className="link-path">{path === '/' ? host : readable(path)}</span>
      {path !== '/' && <span className="quiet small ellipsis">{host}</span>}
    </>
  );
}

function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Clicks on every link, people and machines apart, most clicked first. */
export function LinksTab({ report, campaign }: { report: Report; campaign?: Campaign }) {
  const { t } = useTranslation('report');
  const links = [...report.links].sort((a, b) => b.human.unique - a.human.unique || a.index - b.index);
  if (links.length === 0) {
    return (
      <div className="panel">
        <EmptyState
          title={t('links.none')}
          text={t(campaign?.trackClicks === false ? 'links.notTracked' : 'links.noneText')}
        />
      </div>
    );
  }
  const most = Math.max(1, ...links.map(({ human }) => human.unique));
  return (
    <>
      <div className="panel panel-table">
        <Table<Link>
          aria-label={t('tab.links')}
          rowKey="index"
          dataSource={links}
          pagination={links.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: t('links.url'),
              key: 'url',
              render: (_, { url, human }) => (
                <div className="link-cell">
                  <a href={url} target="_blank" rel="noreferrer noopener" title={url}>
                    <LinkName url={url} />
                  </a>
                  <span className="link-bar" aria-hidden="true">
                    <span style={{ width: `${(human.unique / most) * 100}%` }} />
                  </span>
                </div>
              ),
            },
            {
              title: t('links.unique'),
              key: 'unique',
              align: 'right',
              render: (_, { human }) => <Count value={human.unique} />,
            },
            {
              title: t('links.rate'),
              key: 'rate',
              align: 'right',
              render: (_, { human }) => <Rate count={human.unique} of={report.rates.click.of} digits={2} />,
            },
            {
              title: t('links.total'),
              key: 'total',
              align: 'right',
              render: (_, { human }) => <Count value={human.total} />,
            },
            {
              title: t('links.machine'),
              key: 'machine',
              align: 'right',
              render: (_, { machine }) => <Count value={machine.total} />,
            },
            ...(campaign
              ? [
                  {
                    title: t('segment.column'),
                    key: 'segment',
                    render: (_: unknown, { index, url, human }: Link) =>
                      human.unique > 0 && (
                        <RouterLink
                          to={segmentLink(campaign.id, 'clicked', `${campaign.name} · ${url}`, index)}
                          aria-label={t('segment.ofLink', { url })}
                        >
                          {t('segment.save')}
                        </RouterLink>
                      ),
                  },
                ]
              : []),
          ]}
        />
      </div>
      {campaign && <Heatmap campaign={campaign} report={report} />}
    </>
  );
}
