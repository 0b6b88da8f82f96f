import type { Locale } from '#contracts';

/** Names of the error file's own columns. */
export const ERROR_COLUMNS: Record<Locale, readonly string[]> = {
  'zh-CN': ['行号', '代码', '原因'],
  en: ['line', 'code', 'reason'],
};

/** Chinese for the codes a row can be refused with; the English is kept with each row. */
const ZH: Record<string, string> = {
  ADDRESS_EMPTY: '没有邮箱地址',
  ADDRESS_TOO_LONG: '邮箱地址太长，请检查是否只有一个地址',
  ADDRESS_NO_AT: '邮箱地址缺少 @，应如 name@example.com',
  ADDRESS_CONTROL_CHARACTER: '邮箱地址中有不可见的控制字符，请删除',
  ADDRESS_NOT_ONE: '一个单元格只能填写一个邮箱地址',
  ADDRESS_LOCAL_INVALID: '邮箱地址 @ 前面的部分无效',
  ADDRESS_DOMAIN_INVALID: '邮箱地址 @ 后面的域名无效',
  DISPLAY_NAME_INVALID: '名称中有不允许的字符',
  DUPLICATE_IN_FILE: '前面的行已有相同的邮箱地址，以第一行为准',
  NOT_A_NUMBER: '不是数字，应如 1234.5',
  NOT_A_BOOLEAN: '请填写 是 或 否',
  NOT_A_DATE: '不是日期，应如 2026-05-06',
  TOO_LONG: '内容太长',
  TOO_MANY_TAGS: '标签太多，请检查这一列的对应关系',
  CONTROL_CHARACTER: '有换行或其他控制字符，请删除',
  LOCALE_INVALID: '不支持的语言，请填写 zh-CN 或 en',
  TIMEZONE_INVALID: '不是时区名称，应如 Asia/Shanghai',
  ENCODING_INVALID: '有内容与文件的编码不符，请另存为 UTF-8，或更换编码',
  RISKY_TYPO: '按所选规则未导入：域名疑似拼写错误',
  RISKY_DOMAIN_GONE: '按所选规则未导入：域名不存在',
  RISKY_NULL_MX: '按所选规则未导入：域名拒收邮件',
  RISKY_NO_MX: '按所选规则未导入：域名没有邮件服务器',
  RISKY_DISPOSABLE: '按所选规则未导入：一次性邮箱',
  RISKY_ROLE: '按所选规则未导入：公共邮箱',
  QUOTE_NOT_CLOSED: '引号没有闭合',
  QUOTE_INVALID: '引号的位置不对',
  ROW_TOO_LONG: '这一行太长',
  TOO_MANY_COLUMNS: '这一行的列太多',
};

interface Refusal {
  code: string;
  /** English, after the title of the column and a colon where a cell is to blame. */
  message: string;
}

/**
 * The reason of a refused row in a language; a code without a wording keeps the English.
 * @param header what the file calls its columns
 */
export function wordRefusal({ code, message }: Refusal, header: readonly string[] | null, locale: Locale): string {
  const text = locale === 'zh-CN' ? ZH[code] : undefined;
  if (!text) return message;
  const unnamed = /^column (\d{1,4}): /.exec(message)?.[1];
  if (unnamed) return `第 ${unnamed} 列：${text}`;
  const title = header?.map((cell) => cell.trim().slice(0, 60)).find((cell) => cell && message.startsWith(`${cell}: `));
  return title ? `${title}：${text}` : text;
}
