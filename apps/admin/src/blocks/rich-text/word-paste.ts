/**
 * What Word, WPS and Outlook put on the clipboard, made simpler before the schema takes what it knows: comments, style
 * sheets and Office's own elements go, paragraphs that only look like list items become
 * lists, and a table, which no text can hold, becomes a line for each row.
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
  // The innermost first: a table within a cell is lines of it by then.
  for (const table of [...page.querySelectorAll('table')].reverse())
    table.replaceWith(...(table.caption?.childNodes ?? []), ...[...table.rows].flatMap(toLine));
  return page.body.innerHTML;
}

/** A row as one paragraph, its cells apart; a row of one cell, as pages are laid out with, is what the cell holds. */
function toLine(row: HTMLTableRowElement): Node[] {
  const cells = [...row.cells];
  if (cells.length === 1) return [...cells[0]!.childNodes];
  const line = row.ownerDocument.createElement('p');
  for (const [index, cell] of cells.entries()) {
    for (const block of cell.querySelectorAll('p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, br'))
      block.replaceWith(...block.childNodes, ' ');
    line.append(...(index > 0 ? [' | '] : []), ...cell.childNodes);
  }
  return [line];
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
