import type { components } from "../src/api/schema";
import type { MockStore } from "./store.ts";

export function statsOf({ jobs }: MockStore): components["schemas"]["JobStats"] {
  const counts = { PENDING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 };
  for (const job of jobs) counts[job.status]++;
  const pending = jobs.filter(({ status }) => status === "PENDING");
  const oldestWaiting = pending.filter(({ startedAt }) => !startedAt).at(-1)?.createdAt;
  const durations = jobs
    .filter(({ status }) => status === "COMPLETED")
    .map(({ createdAt, completedAt }) => (Date.parse(completedAt ?? "") - Date.parse(createdAt)) / 1000)
    .sort((a, b) => a - b);
  const quantile = (q: number) => durations[Math.floor((durations.length - 1) * q)] ?? 0;
  return {
    counts,
    running: pending.filter(({ startedAt }) => startedAt).length,
    perMinute: perMinute(jobs),
    ...(oldestWaiting && { oldestWaiting }),
    ...(durations.length > 0 && { timeToComplete: { median: quantile(0.5), p95: quantile(0.95) } }),
  };
}

function perMinute(jobs: MockStore["jobs"]) {
  const current = Math.floor(Date.now() / 60_000);
  const minutes = Array.from({ length: 60 }, (_, index) => ({
    minute: new Date((current - 59 + index) * 60_000).toISOString(),
    completed: 0,
    failed: 0,
  }));
  for (const { status, completedAt } of jobs) {
    const minute = minutes[Math.floor(Date.parse(completedAt ?? "") / 60_000) - current + 59];
    if (minute && status === "COMPLETED") minute.completed++;
    if (minute && status === "FAILED") minute.failed++;
  }
  return minutes;
}
