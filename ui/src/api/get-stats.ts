import { call } from "./client";
import type { JobStatus } from "./job";
import type { components } from "./schema";

/** What a model used for jobs of a queue. */
export type TokensUsed = components["schemas"]["TokenStats"];

export type Minute = { minute: number; completed: number; failed: number };

/** Times are epoch milliseconds, durations seconds. */
export type JobStats = {
  counts: Record<JobStatus, number>;
  running: number;
  oldestWaiting: number | null;
  perMinute: Minute[];
  timeToComplete: { median: number; p95: number } | null;
  /** Used in the last hour, the most first; empty where none were. */
  tokens: readonly TokensUsed[];
};

export async function getStats(signal?: AbortSignal): Promise<JobStats> {
  const response = await call("/jobs/stats", { signal });
  return parseStats(await response.json());
}

function parseStats(wire: components["schemas"]["JobStats"]): JobStats {
  return {
    counts: wire.counts,
    running: wire.running,
    oldestWaiting: wire.oldestWaiting ? Date.parse(wire.oldestWaiting) : null,
    perMinute: wire.perMinute.map((each) => ({ ...each, minute: Date.parse(each.minute) })),
    timeToComplete: wire.timeToComplete ?? null,
    tokens: wire.tokens ?? [],
  };
}
