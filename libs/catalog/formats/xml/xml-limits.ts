/** What no honest product file comes near; beyond it the file is refused. */
export interface XmlLimits {
  /** Elements inside each other. */
  readonly depth: number;
  /** Attributes of one element. */
  readonly attributes: number;
  /** Characters between two tags, in one attribute, comment or document type. */
  readonly run: number;
  /** Elements of one record. */
  readonly elements: number;
  /** Characters of all texts and attributes of one record. */
  readonly recordText: number;
}

export const XML_LIMITS: XmlLimits = { depth: 64, attributes: 64, run: 2_000_000, elements: 20_000, recordText: 4_000_000 };
