/**
 * Bytes to text for every charset that mail really carries. The declared charset is a hint: Chinese and Japanese
 * servers often declare none or a wrong one, so undeclared 8-bit text is guessed (UTF-8 when it is valid UTF-8, else
 * GB18030 when its byte pairs look Chinese, else windows-1252).
 */
import iconv from 'iconv-lite';

/** Charsets that iconv-lite does not know and the platform's decoder does. */
const PLATFORM_CHARSETS = new Set(['iso-2022-jp', 'iso-2022-kr', 'x-user-defined', 'euc-jp', 'hz-gb-2312']);

/** Names seen in mail that no table knows. A subset declared (gb2312) is decoded by its superset (gb18030). */
const ALIASES: Record<string, string> = {
  gb2312: 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  cp936: 'gb18030',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'ansi_x3.4-1968': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  utf8mb4: 'utf-8',
  utf8: 'utf-8',
  'utf-8-mac': 'utf-8',
  unicode: 'utf-8',
  'cp-850': 'cp850',
  'ks_c_5601-1987': 'euc-kr',
  'shift-jis': 'shift_jis',
  'x-sjis': 'shift_jis',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-8859-8-i': 'iso-8859-8',
};

/** Declared names whose 8-bit bytes prove nothing: the guess decides, not the name. */
const WEAK = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  '8bit',
  'binary',
  'default',
]);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes `bytes` (already cut to what the caller wants to see) by the declared charset.
 * Never throws: an unknown name is guessed.
 */
export function decodeCharset(bytes: Buffer, declared: string | null, hint: string | null = null): string {
  const name = normalName(declared);
  if (WEAK.has(name)) return guess(bytes, hint);
  const target = ALIASES[name] ?? name;
  if (target === 'utf-8') return validUtf8(bytes) ? bytes.toString('utf8') : guess(bytes, hint);
  if (PLATFORM_CHARSETS.has(target)) return platformDecode(bytes, target) ?? guess(bytes, hint);
  if (iconv.encodingExists(target)) return iconv.decode(bytes, target);
  return platformDecode(bytes, target) ?? guess(bytes, hint);
}

function normalName(declared: string | null): string {
  return (declared ?? '')
    .slice(0, 40)
    .trim()
    .toLowerCase()
    .replace(/["'\s]/g, '');
}

function platformDecode(bytes: Buffer, name: string): string | null {
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return null;
  }
}

/** True when `bytes` is UTF-8, allowing one character cut off at the end. */
function validUtf8(bytes: Buffer): boolean {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++) {
    try {
      strictUtf8.decode(cut === 0 ? bytes : bytes.subarray(0, bytes.length - cut));
      return true;
    } catch {
      // try again without the last byte: the text may have been cut inside a character
    }
  }
  return false;
}

function guess(bytes: Buffer, hint: string | null): string {
  if (isAscii(bytes))
    return bytes.includes('\x1b$')
      ? (platformDecode(bytes, 'iso-2022-jp') ?? bytes.toString('latin1'))
      : bytes.toString('latin1');
  if (validUtf8(bytes)) return bytes.toString('utf8');
  const hinted = normalName(hint);
  if (hinted !== '' && !WEAK.has(hinted) && hinted !== 'utf-8') return decodeCharset(bytes, hinted);
  if (looksChinese(bytes)) return iconv.decode(bytes, 'gb18030');
  return iconv.decode(bytes, 'windows-1252');
}

function isAscii(bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 0x7f) return false;
  return true;
}

/** GB2312's Chinese characters are pairs of B0–F7 and A1–FE; western 8-bit text has lone high bytes. */
function looksChinese(bytes: Buffer): boolean {
  let pairs = 0;
  let lone = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const trail = bytes[i + 1] ?? 0;
    if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe) {
      pairs++;
      i++;
    } else lone++;
  }
  return pairs > 0 && pairs >= lone * 4;
}
