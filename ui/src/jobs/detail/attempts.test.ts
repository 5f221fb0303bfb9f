import { expect, it } from "vitest";
import { type JobEvent, parseJob } from "@/api/job";
import { completed, pendingJob } from "@/testing/jobs";
import { attemptsOf, differenceOf } from "./attempts";

const event = (
  type: JobEvent["type"],
  at: number,
  attempt: number,
  detail: string | null = null,
  failed: Partial<JobEvent> = {},
): JobEvent => ({
  type,
  at: Date.UTC(2026, 10, 24, 12) + at * 1000,
  attempt,
  detail,
  errorCode: null,
  usage: null,
  ...failed,
});

const HISTORY = [
  event("CREATED", 0, 1),
  event("PUBLISHED", 0, 1),
  event("STARTED", 2, 1, "worker-1"),
  event("ATTEMPT_FAILED", 7, 1, "Model overloaded", {
    errorCode: "overloaded",
    usage: { model: "small", inputTokens: 900, outputTokens: 0 },
  }),
  event("PUBLISHED", 60, 2),
  event("DEFERRED", 61, 2, "Rate limit"),
  event("STARTED", 70, 2, "worker-2"),
  event("COMPLETED", 80, 2),
];

it("tells what is kept of each attempt", () => {
  const usage = { model: "small", inputTokens: 1200, outputTokens: 3 };
  const job = parseJob({ ...completed(pendingJob(), '{"a":1}'), attempt: 2, usage });
  const [first, second] = attemptsOf(job, HISTORY).map(({ facts }) => Object.fromEntries(facts));
  expect(first).toMatchObject({
    Outcome: "Failed, tried again",
    Error: "Model overloaded",
    "Error code": "overloaded",
    Worker: "worker-1",
    Waited: "2.0 s",
    Ran: "5.0 s",
    Result: null,
    Tokens: "900 in, 0 out · small",
  });
  expect(second).toMatchObject({
    Outcome: "Completed",
    Error: null,
    Worker: "worker-2",
    Waited: "10 s",
    Ran: "10 s",
    Deferred: "1",
    Result: '{"a":1}',
    Tokens: "1,200 in, 3 out · small",
  });
});

it.each([
  ["same", "same", ["same", "", ""], ["same", "", ""]],
  ["after 12 s", "after 47 s", ["after ", "12", " s"], ["after ", "47", " s"]],
  ["aa", "aaa", ["aa", "", ""], ["aa", "a", ""]],
  ["", "new", ["", "", ""], ["", "new", ""]],
])("finds where %j and %j differ", (one, other, left, right) => {
  expect(differenceOf(one, other)).toEqual([left, right]);
});
