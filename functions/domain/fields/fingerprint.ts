/**
 * A short mark of a text, 53 bits as text: the same for the same text, and for others of everyday use another one. Tells
 * whether a text was changed; no secret is safe with it.
 */
export function fingerprint(text: string): string {
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    other = Math.imul(other ^ unit, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca77) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae3d);
  other = Math.imul(other ^ (other >>> 16), 0x85ebca77) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae3d);
  return (2 ** 32 * (other & 0x1fffff) + (one >>> 0)).toString(36);
}
