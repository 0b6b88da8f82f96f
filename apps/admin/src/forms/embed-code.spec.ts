import { embedCode } from './embed-code.js';

const words = { email: '邮箱', name: '姓名', submit: '订阅' };
const form = { url: 'https://t.example/f/x', button: '', consent: '', fields: [] };
const field = (key: string, label: string, type: string) => ({ key, label, type });
const made = (change: object, fields: object[] = []) =>
  embedCode({ ...form, ...change } as never, fields as never, words).split('\n');

it('asks for what the form asks for, by the names and kinds that its page has', () => {
  const fields = [
    { key: 'name', required: true },
    { key: 'field:city', required: false },
    { key: 'field:age', required: false },
    { key: 'field:vip', required: false },
  ];
  const known = [field('city', '城市 & "区"', 'text'), field('age', '年龄', 'number'), field('vip', '会员', 'boolean')];
  expect(made({ fields }, known)).toEqual([
    '<form method="post" action="https://t.example/f/x">',
    '  <label>邮箱 <input type="email" name="email" required></label>',
    '  <label>姓名 <input type="text" name="name" required></label>',
    '  <label>城市 &amp; "区" <input type="text" name="field:city"></label>',
    '  <label>年龄 <input type="number" step="any" name="field:age"></label>',
    '  <label><input type="checkbox" value="true" name="field:vip"> 会员</label>',
    '  <button>订阅</button>',
    '</form>',
  ]);
});

it('says what people agree to, as written', () => {
  const lines = made({ consent: '我同意 <每月> 收信。\n随时可以退订。', button: '加入' });
  expect(lines).toContain('  <p>我同意 &lt;每月> 收信。<br>随时可以退订。</p>');
  expect(lines).toContain('  <button>加入</button>');
});
