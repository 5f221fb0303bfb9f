import { expect, it } from "vitest";
import {
  formatAge,
  formatClock,
  formatCoarse,
  formatDuration,
  formatElapsed,
  formatExact,
  formatMinute,
  formatSpan,
  formatTime,
  formatUtc,
  formatZone,
} from "./time-format";

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

const TIME = Date.UTC(2026, 10, 27, 22, 58, 4, 7);

it("writes every time in English, on one clock", () => {
  expect(formatUtc(TIME)).toBe("Nov 27, 2026, 10:58:04.007 PM UTC");
  expect(formatExact(TIME)).toMatch(/^Nov 2\d, 2026, \d{1,2}:\d\d:04 [AP]M /);
  expect(formatClock(TIME)).toMatch(/^\d{1,2}:\d\d:04\.007 [AP]M$/);
  expect(formatMinute(TIME)).toMatch(/^\d{1,2}:\d\d [AP]M$/);
});

it("names the zone of its times", () => {
  expect(formatZone(TIME)).not.toBe("");
  expect(formatExact(TIME).endsWith(formatZone(TIME))).toBe(true);
});

it.each([
  [1, "1 s"],
  [90, "1 min 30 s"],
  [3_600, "1 h"],
  [5_400, "1 h 30 min"],
  [86_400, "24 h"],
])("names a span of %i seconds exactly", (seconds, text) => {
  expect(formatSpan(seconds)).toBe(text);
});

it("names the day of a time unless it is today", () => {
  const tomorrow = new Date(Date.now() + 86_400_000);
  expect(formatTime(Date.now())).toMatch(/^\d{1,2}:\d{2}:\d{2} [AP]M$/);
  expect(formatTime(tomorrow.getTime())).toMatch(/^[A-Z][a-z]{2} \d{1,2}, \d{1,2}:\d{2}:\d{2} [AP]M$/);
});
