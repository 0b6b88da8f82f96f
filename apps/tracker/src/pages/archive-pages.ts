import type { PublicArchive } from '#domain/archive';
import { escapeHtml, page } from './layout.js';
import type { PageLanguage } from './texts.js';

/** A campaign as the list shows it. */
export interface ArchiveEntry {
  id: string;
  subject: string;
  preheader: string;
  startedAt: Date;
}

const TEXTS = {
  zh: {
    title: (workspace: string) => `“${workspace}”的往期邮件`,
    empty: '这里还没有邮件。',
    older: '更早的邮件',
    newest: '回到最新',
    untitled: '（无主题）',
  },
  en: {
    title: (workspace: string) => `Earlier mail from “${workspace}”`,
    empty: 'There is no mail here yet.',
    older: 'Earlier mail',
    newest: 'Back to the newest',
    untitled: '(no subject)',
  },
} satisfies Record<PageLanguage, object>;

/** The list, newest first. */
export function archivePage(
  language: PageLanguage,
  archive: PublicArchive,
  entries: readonly ArchiveEntry[],
  { older, isFirst }: { older: string | null; isFirst: boolean },
): string {
  const texts = TEXTS[language];
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { dateStyle: 'long', timeZone: 'UTC' });
  const items = entries.map(({ id, subject, preheader, startedAt }) => {
    const date = `<time datetime="${startedAt.toISOString().slice(0, 10)}">${format.format(startedAt)}</time>`;
    const words = preheader ? `<p>${escapeHtml(preheader.slice(0, 160))}</p>` : '';
    return `<li>${date}<a href="/a/${archive.slug}/${id}">${escapeHtml(subject.slice(0, 200) || texts.untitled)}</a>${words}</li>`;
  });
  const list = items.length > 0 ? `<ul class="mails">${items.join('\n')}</ul>` : `<p>${texts.empty}</p>`;
  const links = [
    ...(isFirst ? [] : [`<a href="/a/${archive.slug}">${texts.newest}</a>`]),
    ...(older ? [`<a href="/a/${archive.slug}?before=${older}" rel="next">${texts.older}</a>`] : []),
  ];
  const intro = archive.intro ? `<p>${escapeHtml(archive.intro).replaceAll('\n', '<br>')}</p>` : '';
  const more = links.length > 0 ? `<nav class="soft">${links.join(' · ')}</nav>` : '';
  const title = archive.title || texts.title(archive.workspace.name);
  return page(language, title, `${intro}${list}${more}`, { indexed: archive.indexed });
}
