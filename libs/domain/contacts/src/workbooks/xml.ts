import { SaxesParser } from 'saxes';
import { WorkbookDamaged } from './workbook-damaged.js';

/** Characters without the end of a tag or text: no cell has so many. */
const NODE_MAX = 8 * 1024 * 1024;

/** What a reader of XML is told. Names come without their prefix. */
export interface XmlHandler {
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/** A parser that is fed piece by piece. Document types are refused: workbooks have none, attacks do. */
export class XmlReader {
  private readonly parser = new SaxesParser({ position: false, xmlns: false });
  private silent = 0;

  constructor(handler: XmlHandler) {
    const { parser } = this;
    parser.on('error', (error) => {
      throw new WorkbookDamaged(error.message);
    });
    parser.on('doctype', () => {
      throw new WorkbookDamaged('it has a document type');
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.silent = 0;
      handler.open?.(local(name), attributes);
    });
    parser.on('text', (text) => handler.text?.(text));
    parser.on('cdata', (text) => handler.text?.(text));
    parser.on('closetag', ({ name }) => {
      this.silent = 0;
      handler.close?.(local(name));
    });
  }

  /** @throws WorkbookDamaged */
  write(piece: string): void {
    this.silent += piece.length;
    this.parser.write(piece);
    if (this.silent > NODE_MAX) throw new WorkbookDamaged('it has a part without end');
  }
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
