import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetCalls, isReachable, reportCall } from "./reachability";

beforeEach(() => {
  vi.useFakeTimers();
  forgetCalls();
});
afterEach(() => vi.useRealTimers());

it("is unreachable when nothing answers", () => {
  reportCall("GET /jobs", false);
  expect(isReachable()).toBe(false);
  reportCall("GET /jobs/stats", false);
  expect(isReachable()).toBe(false);
});

it("stays reachable while one endpoint fails and another answers", () => {
  reportCall("GET /jobs", true);
  reportCall("GET /jobs/stats", false);
  expect(isReachable()).toBe(true);
});

it("is reachable again with the first answer", () => {
  reportCall("GET /jobs", false);
  reportCall("GET /jobs/stats", true);
  expect(isReachable()).toBe(true);
});

it("is unreachable once every endpoint that answered has failed", () => {
  reportCall("GET /jobs", true);
  reportCall("GET /jobs/stats", true);
  reportCall("GET /jobs", false);
  expect(isReachable()).toBe(true);
  reportCall("GET /jobs/stats", false);
  expect(isReachable()).toBe(false);
});

it.each([
  [5_000, true],
  [5_001, false],
])("counts an answer of an endpoint that is called no more for five seconds: after %i ms, %s", (later, expected) => {
  reportCall("GET /jobs/1", true);
  vi.advanceTimersByTime(later);
  reportCall("GET /jobs", false);
  expect(isReachable()).toBe(expected);
});
