/** Of the reference only what the benchmark asks of it. */
declare module 'mailparser' {
  export function simpleParser(
    source: Buffer,
    options: { skipHtmlToText: boolean; skipTextToHtml: boolean },
  ): Promise<{ subject?: string; text?: string }>;
}
