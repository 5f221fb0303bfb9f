import { expect, it } from "vitest";
import { parseSearch } from "./search-text";
import { rangeOf, timeOf } from "./search-time";

const NOW = new Date("2026-11-24T14:30:00").getTime();
const local = (text: string) => new Date(text).toISOString();

it("takes words for words, and operators for filters", () => {
  expect(parseSearch('order queue:llm  "quoted" https://a.b 14:30 status:Failed', NOW)).toEqual({
    q: 'order "quoted" https://a.b 14:30',
    status: "FAILED",
    conditions: [["queue", "llm"]],
    objection: null,
  });
});

it.each([
  ["tag:urgent", ["tag", "urgent"]],
  ['tag:"red, or so"', ["tag", "red, or so"]],
  ['tag:"red', ["tag", "red"]],
  ["TAG:Urgent", ["tag", "Urgent"]],
  ["worker:worker-1", ["worker", "worker-1"]],
  ["error:timed_out", ["errorCode", "timed_out"]],
  ["result:malformed", ["result", "malformed"]],
  ["metadata.customer:17", ["metadata.customer", "17"]],
  ["metadata.customer:", ["metadata.customer", ""]],
  ['metadata.name:"A: B"', ["metadata.name", "A: B"]],
  ["after:14:00", ["createdAfter", local("2026-11-24T14:00:00")]],
  ["before:2026-11-25", ["createdBefore", local("2026-11-25T00:00:00")]],
])("understands %s", (text, condition) => {
  expect(parseSearch(text, NOW)).toEqual({ q: "", status: null, conditions: [condition], objection: null });
});

it("takes a range of times for both", () => {
  for (const text of ["14:00–14:20", "14:00-14:20", "after:14:00 before:14:20"])
    expect(parseSearch(text, NOW).conditions).toEqual([
      ["createdAfter", local("2026-11-24T14:00:00")],
      ["createdBefore", local("2026-11-24T14:20:00")],
    ]);
});

it.each([
  ["status:done", "There is no status “done”: pending, completed, failed, cancelled or scheduled."],
  ["tag:", "What follows tag: is missing."],
  ["result:", "What follows result: is missing."],
  ["result:json", "Results are found as malformed alone."],
  ["queue:LLM", "No queue can be named “LLM”."],
  ["metadata.a=b:c", "The key must have no . $ or =."],
  ["after:noon", "“noon” is no time: write 14:00, 30m, 2026-11-24 or 2026-11-24T14:00."],
  ["25:00-26:00", "“25:00-26:00” is no range of times."],
  ["tag:a worker:b", "Jobs are found by one of tag, worker, error, result and metadata at a time."],
  ["word tag:a", "Jobs are found by words, or by one of tag, worker, error, result and metadata."],
  ["status:scheduled word", "Scheduled jobs are found by their queue and times alone."],
])("says why %s cannot be applied", (text, objection) => {
  expect(parseSearch(text, NOW).objection).toBe(objection);
});

it("knows times of the day, of a date, and ago", () => {
  expect(timeOf("30m", NOW)).toBe(NOW - 30 * 60_000);
  expect(timeOf("2h", NOW)).toBe(NOW - 2 * 3_600_000);
  expect(timeOf("14:30", NOW)).toBe(NOW);
  expect(timeOf("14:31", NOW)).toBe(new Date("2026-11-23T14:31:00").getTime()); // not in the future
  expect(timeOf("9:05:07", NOW)).toBe(new Date("2026-11-24T09:05:07").getTime());
  expect(timeOf("2026-11-24T14:00:00Z", NOW)).toBe(Date.parse("2026-11-24T14:00:00Z"));
  for (const text of ["", "24:00", "12:60", "2026-13-01", "soon"]) expect(timeOf(text, NOW)).toBeNaN();
  expect(rangeOf("23:50-0:10", NOW)).toEqual([
    new Date("2026-11-23T23:50:00").getTime(),
    new Date("2026-11-24T00:10:00").getTime(),
  ]);
});
