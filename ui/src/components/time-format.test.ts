import { expect, it } from "vitest";
import { formatAge, formatCoarse, formatDuration, formatElapsed } from "./time-format";

it.each([
  [-500, "just now"],
  [4_999, "just now"],
  [12_000, "12 s ago"],
  [3 * 60_000, "3 min ago"],
  [5 * 3_600_000, "5 h ago"],
  [2 * 86_400_000, "2 d ago"],
])("says of %i ms: %s", (milliseconds, text) => expect(formatAge(milliseconds)).toBe(text));

it("counts a time to come as none", () => {
  expect(formatCoarse(-1)).toBe("0 s");
  expect(formatElapsed(-1)).toBe("0 s");
});

it.each([
  [340, "340 ms"],
  [5_120, "5.1 s"],
  [42_000, "42 s"],
  [200_000, "3:20"],
  [3_725_000, "1:02:05"],
])("measures %i ms as %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
