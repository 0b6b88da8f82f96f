import { campaignHeaders } from './index.js';

const given = {
  listId: '7.lists.example.com',
  listName: '每周通讯',
  unsubscribeUrl: 'https://t.example.com/u/aeva',
  unsubscribeMailto: 'u.aeva@b.example.com',
  feedbackId: '42:7:campaign:hongyan',
};

describe('campaignHeaders', () => {
  it('names the list, both ways to leave it and the one-click promise', () => {
    expect(campaignHeaders({ ...given, bulk: true })).toEqual([
      ['List-Id', '=?UTF-8?B?5q+P5ZGo6YCa6K6v?= <7.lists.example.com>'],
      ['List-Unsubscribe', '<https://t.example.com/u/aeva>, <mailto:u.aeva@b.example.com?subject=unsubscribe>'],
      ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
      ['Feedback-ID', '42:7:campaign:hongyan'],
      ['Precedence', 'bulk'],
    ]);
  });

  it.each([
    ['http://localhost:3001/u/aeva', true],
    ['http://127.0.0.1:3001/u/aeva', true],
    ['http://mail.example.com/u/aeva', false],
    ['http://localhost.example.com/u/aeva', false],
  ])('promises one click for %s: %s', (unsubscribeUrl, promised) => {
    const names = campaignHeaders({ ...given, unsubscribeUrl }).map(([name]) => name);
    expect(names.includes('List-Unsubscribe-Post')).toBe(promised);
  });

  it('marks mail sent by a rule, and leaves out what is not given', () => {
    const headers = campaignHeaders({ listId: 'a.example.com', unsubscribeUrl: 'https://e.test/u', automatic: true });
    expect(headers.map(([name]) => name)).toEqual([
      'List-Id',
      'List-Unsubscribe',
      'List-Unsubscribe-Post',
      'Auto-Submitted',
    ]);
    expect(headers[0]).toEqual(['List-Id', '<a.example.com>']);
  });

  it.each([
    [{ listId: 'no-dot' }, 'listId'],
    [{ listId: 'a.b>\r\nBcc: x' }, 'listId'],
    [{ listName: 'a\nb' }, 'listName'],
    [{ unsubscribeUrl: 'javascript:alert(1)' }, 'unsubscribeUrl'],
    [{ unsubscribeUrl: 'https://e.test/a>,<b' }, 'unsubscribeUrl'],
    [{ unsubscribeUrl: 'https://e.test/a\r\nX: y' }, 'unsubscribeUrl'],
    [{ unsubscribeMailto: 'a,b@example.com' }, 'unsubscribeMailto'],
    [{ feedbackId: 'a b' }, 'feedbackId'],
    [{ feedbackId: 'a:b:c:d:e' }, 'feedbackId'],
  ])('refuses %j', (wrong, property) => {
    expect(() => campaignHeaders({ ...given, ...wrong })).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID', property }),
    );
  });
});
