// Reads the whole numbers that geodata/draw/encode.py writes: steps, zigzag-coded, in digits of five bits.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT = new Uint8Array(128);
for (let value = 0; value < 64; value += 1) DIGIT[DIGITS.charCodeAt(value)] = value;

export function numbers(text) {
  const found = new Int32Array(text.length);
  let count = 0;
  let last = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = DIGIT[text.charCodeAt(at)];
    value += (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      last += value & 1 ? -((value + 1) >> 1) : value >> 1;
      found[count] = last;
      count += 1;
      value = 0;
      shift = 0;
    }
  }
  return found.slice(0, count);
}
