import type { ContentText } from 'pdfmake/interfaces.js';
import type { PackWords } from './pack-words.js';

export const HAN_FONT_NAME = 'Han';

const LONGEST_TEXT = 4_000;
const HAN_RUNS = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]+)/u;

export type TextStyle = Omit<ContentText, 'text'>;

/** Writes texts of a document: what fonts cannot show is replaced, and Chinese is set in a font that has it. */
export class PdfText {
  constructor(
    private readonly words: PackWords,
    private readonly hasHan: boolean,
  ) {}

  write(text: string, style: TextStyle = {}): ContentText {
    return { ...style, text: this.runs(text) };
  }

  /** A text of parts, each with a style of its own. */
  parts(parts: readonly { readonly text: string; readonly style?: TextStyle }[], style: TextStyle = {}): ContentText {
    return { ...style, text: parts.flatMap((part) => this.runs(part.text, part.style)) };
  }

  private runs(text: string, style: TextStyle = {}): ContentText[] {
    const shown = this.printable(text);
    return (this.hasHan ? shown.split(HAN_RUNS) : [shown]).flatMap((run, at): ContentText[] =>
      run === '' ? [] : [{ ...style, text: run, ...(at % 2 === 1 && { font: HAN_FONT_NAME }) }],
    );
  }

  /** Controls have no glyph and long words no place to break; both are common in garbled texts. */
  private printable(text: string): string {
    const shown = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]/g, '\u00b7').replace(/([^\s\u2e80-\uffef]{28})(?=[^\s\u2e80-\uffef])/g, '$1\u200b');
    return shown.length > LONGEST_TEXT ? this.words.say('cut', { text: shown.slice(0, LONGEST_TEXT) }) : shown;
  }
}
