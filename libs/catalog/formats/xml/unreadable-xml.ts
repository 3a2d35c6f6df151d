/** An XML file that cannot be read any further; the message is one sentence for the person who sent it. */
export class UnreadableXml extends Error {
  override readonly name = 'UnreadableXml';
}
