import { expect, it } from "vitest";
import { joined } from "./output-text";

const part = (offset: number, text: string) => ({ offset, text, next: offset + text.length });

it("adds what follows", () => {
  expect(joined(undefined, part(0, "Once "))).toEqual(part(0, "Once "));
  expect(joined(part(0, "Once "), part(5, "upon"))).toEqual(part(0, "Once upon"));
  expect(joined(part(0, "Once "), part(5, ""))).toEqual(part(0, "Once "));
  expect(joined(part(3, "Once "), part(7, "!!"))).toEqual(part(3, "Once!!"));
});

it("begins anew with the attempt, and after what was lost", () => {
  expect(joined(part(0, "Once "), part(0, "There"))).toEqual(part(0, "There"));
  expect(joined(part(0, "Once "), part(9, "time"))).toEqual(part(9, "time"));
  expect(joined(part(9, "time"), part(0, ""))).toEqual(part(0, ""));
});

it("keeps the last 256 KiB", () => {
  const longest = "x".repeat(256 * 1024);
  expect(joined(part(0, longest.slice(1)), part(longest.length - 1, "y")).offset).toBe(0);
  const cut = joined(part(0, longest), part(longest.length, "y"));
  expect([cut.offset, cut.text.length, cut.next]).toEqual([1, longest.length, longest.length + 1]);
});
