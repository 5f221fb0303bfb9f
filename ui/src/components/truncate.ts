const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** At most so many UTF-16 units from the beginning of a text, without splitting what a reader sees as one character. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  const split = characters.segment(text.slice(0, length + 64)).containing(length);
  return text.slice(0, split?.index ?? length);
}
