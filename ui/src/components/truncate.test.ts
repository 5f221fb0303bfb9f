import { expect, it } from "vitest";
import { truncate } from "./truncate";

const FAMILY = "👩‍👩‍👧";

it.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcde"],
  ["ab🚀", 3, "ab"],
  ["ab🚀", 4, "ab🚀"],
  [`a${FAMILY}b`, 8, "a"],
  [`a${FAMILY}b`, 9, `a${FAMILY}`],
  ["cafe\u0301s", 4, "caf"],
])("cuts %j at %i to %j", (text, length, cut) => expect(truncate(text, length)).toBe(cut));
