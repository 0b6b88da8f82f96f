import type { TemplateTag } from './template-tags.js';

/** One attribute; offsets are of the value without its quotes, and `null` stands for an attribute without a value. */
export interface HtmlAttribute {
  name: string;
  start: number;
  value: string | null;
  valueStart: number;
  valueEnd: number;
}

/** One start or end tag of the HTML, also inside Outlook's conditional comments. */
export interface HtmlTag {
  name: string;
  closing: boolean;
  start: number;
  end: number;
  attributes: HtmlAttribute[];
  /** Seen by Outlook alone: inside `<!--[if …]> … <![endif]-->`. */
  conditional: boolean;
}

/** Where in the HTML a `{{…}}` tag stands. */
export interface Place {
  kind: 'text' | 'rawText' | 'comment' | 'attributeList' | 'attributeValue' | 'unsafe';
  /** Element whose tag or raw text it is in. */
  element: string;
  attribute: string;
  /** Equal for two places exactly if HTML is in the same state there: a block must open and close at equal ones. */
  state: string;
  conditional: boolean;
}

/** A range of the source: an ordinary comment, or the content of `<style>` or `<script>`. */
export interface HtmlRange {
  kind: 'comment' | 'style' | 'script';
  start: number;
  end: number;
}

/** What a scan found, in the order of the source. */
export interface HtmlScan {
  tags: HtmlTag[];
  ranges: HtmlRange[];
  places: Map<TemplateTag, Place>;
}
