/** A range of the source to hide, in order and without overlap. */
export interface MaskedRange {
  start: number;
  end: number;
}

/** A source whose `{{…}}` tags are hidden behind words that HTML, CSS and MJML tools leave alone. */
export interface Masked {
  text: string;
  /** Puts the hidden tags back, wherever the words have gone. */
  restore(text: string): string;
  /** Numbers of the hidden ranges whose word is no longer there. */
  missing(text: string): number[];
  /** Line of the unmasked source for a line of `text`. */
  sourceLine(line: number): number;
}

/**
 * Hides ranges behind letters-and-digits words. Quotes and angle brackets inside a `{{…}}` tag would confuse every HTML
 * tool, and some re-encode what they don't know. The word avoids every text that occurs in the source.
 */
export function maskRanges(source: string, ranges: readonly MaskedRange[]): Masked {
  const word = unusedWord(source);
  const parts: string[] = [];
  const removed: Array<{ line: number; lines: number }> = [];
  let at = 0;
  let line = 1;
  ranges.forEach((range, index) => {
    const before = source.slice(at, range.start);
    parts.push(before, `${word}${index}x`);
    line += newlines(before);
    const lines = newlines(source.slice(range.start, range.end));
    if (lines > 0) removed.push({ line, lines });
    at = range.end;
  });
  parts.push(source.slice(at));
  // HTML tools lower-case names, so the word is searched without regard to case.
  const pattern = new RegExp(`${word}(\\d{1,6})x`, 'gi');
  const original = (index: number): string => {
    const range = ranges[index];
    return range ? source.slice(range.start, range.end) : '';
  };
  return {
    text: parts.join(''),
    restore: (text) => text.replace(pattern, (_whole, index: string) => original(Number(index))),
    missing: (text) => {
      const seen = new Set(Array.from(text.matchAll(pattern), (match) => Number(match[1])));
      return ranges.map((_range, index) => index).filter((index) => !seen.has(index));
    },
    sourceLine: (masked) => removed.reduce((sum, gap) => (gap.line < masked ? sum + gap.lines : sum), masked),
  };
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function unusedWord(source: string): string {
  const lower = source.toLowerCase();
  for (let attempt = 0; ; attempt += 1) {
    const word = `hyq${attempt}z`;
    if (!lower.includes(word)) return word;
  }
}
