/** JSON text as PHP spells it: slashes and everything outside ASCII escaped. */
export function phpJson(json: string): Buffer {
  const escaped = json.replace(/\//g, '\\/').replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(escaped, 'latin1');
}
