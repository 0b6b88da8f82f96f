/** How much one document may hold; every list and text of it has its bound here. */
export const DOCUMENT_LIMITS = {
  sections: 60,
  columns: 4,
  blocksPerColumn: 40,
  /** Blocks of the whole document. */
  blocks: 200,
  /** Characters of the document as JSON. */
  jsonLength: 400_000,
  /** Paragraphs, headings and lists of one rich text. */
  paragraphs: 200,
  /** Text runs, line breaks and merge tags of one paragraph. */
  runs: 200,
  runLength: 5_000,
  /** Lists inside one another. */
  listDepth: 3,
  listItems: 100,
  /** Rules and groups of one condition, and rules of one group. */
  rules: 10,
  labelLength: 200,
  /** Characters of an address, `{{…}}` tags included. */
  hrefLength: 2_048,
  /** Characters of an html block. */
  htmlLength: 20_000,
  menuItems: 8,
  socialItems: 12,
} as const;
