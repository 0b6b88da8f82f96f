/**
 * What Word, WPS and Outlook put on the clipboard, made simpler before the schema takes what it knows: comments, style
 * sheets and Office's own elements go, and paragraphs that only look like list items become lists.
 */
export function cleanPaste(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll('style, script, meta, link, title, xml, img, table:empty'))
    element.remove();
  for (const element of page.querySelectorAll('*')) {
    if (element.tagName.includes(':')) element.replaceWith(...element.childNodes);
  }
  for (const paragraph of page.querySelectorAll<HTMLElement>('p[style*="mso-list"], p[class*="MsoListParagraph"]')) {
    if (paragraph.isConnected) toListItem(paragraph);
  }
  return page.body.innerHTML;
}

function toListItem(paragraph: HTMLElement): void {
  const marker = paragraph.querySelector('[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]');
  const ordered = /^\s*\(?(\d+|[a-zA-Z]|[一二三四五六七八九十]+)[.)、）]/.test(marker?.textContent ?? '');
  marker?.remove();
  const kind = ordered ? 'OL' : 'UL';
  const before = paragraph.previousElementSibling;
  const list = before?.tagName === kind ? before : paragraph.ownerDocument.createElement(kind);
  if (list !== before) paragraph.before(list);
  const item = paragraph.ownerDocument.createElement('li');
  item.append(...paragraph.childNodes);
  list.append(item);
  paragraph.remove();
}
