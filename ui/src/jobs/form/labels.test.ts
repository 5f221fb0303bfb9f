import { expect, it } from "vitest";
import { metadataOf, objectionToMetadata, objectionToTags, tagsOf } from "./labels";

const many = (count: number, of: (index: number) => string, between: string) =>
  Array.from({ length: count }, (_, index) => of(index)).join(between);

it("takes tags separated by commas, each once", () => {
  expect(tagsOf(" urgent, two words ,,urgent")).toEqual(["urgent", "two words"]);
});

it.each([
  ["ten tags", many(10, (index) => `t${index}`, ","), null],
  ["eleven tags", many(11, (index) => `t${index}`, ","), "At most 10 tags: these are 11."],
  ["64 characters", "x".repeat(64), null],
  ["65 characters", "x".repeat(65), "“xxxxxxxxxxxx…” has 65 characters of at most 64."],
  ["a control character", "a\tb", "A tag must have no control characters."],
  ["half a surrogate pair", "\ud83d", "A tag must have no control characters."],
  ["an emoji", "🚀", null],
])("says of %s whether they can be tags", (_, text, objection) => {
  expect(objectionToTags(text)).toBe(objection);
});

it("takes a pair a line, and all after the first sign as its value", () => {
  expect(metadataOf("customer = 17\n\nnote=a=b\nempty=")).toEqual({ customer: "17", note: "a=b", empty: "" });
});

it.each([
  ["16 pairs", many(16, (index) => `k${index}=v`, "\n"), null],
  ["17 pairs", many(17, (index) => `k${index}=v`, "\n"), "At most 16 pairs: these are 17."],
  ["a line without the sign", "a=1\nb", "Line 2: write key=value."],
  ["no key", "=1", "Line 1: the key is missing."],
  ["a key of 64", `${"k".repeat(64)}=1`, null],
  ["a key of 65", `${"k".repeat(65)}=1`, "Line 1: the key has 65 characters of at most 64."],
  ["a point in the key", "a.b=1", "Line 1: the key must have no . $ or =."],
  ["a dollar in the key", "$a=1", "Line 1: the key must have no . $ or =."],
  ["a key twice", "a=1\nb=2\na=3", "Line 3: the key is there twice."],
  ["a value of 512", `a=${"v".repeat(512)}`, null],
  ["a value of 513", `a=${"v".repeat(513)}`, "Line 1: the value has 513 characters of at most 512."],
  ["a control character in the value", "a=b\tc", null],
])("says of %s whether it can be metadata", (_, text, objection) => {
  expect(objectionToMetadata(text)).toBe(objection);
});
