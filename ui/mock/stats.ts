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

export function queueStatsOf({ jobs, queues }: MockStore): components["schemas"]["QueueStats"][] {
  return queues.map(({ name }) => {
    const own = jobs.filter(({ queue }) => (queue ?? "default") === name);
    const pending = own.filter(({ status }) => status === "PENDING");
    const failed = own.filter(({ status }) => status === "FAILED").length;
    return {
      queue: name,
      waiting: pending.filter(({ startedAt }) => !startedAt).length,
      scheduled: 0,
      deferred: 0,
      running: pending.filter(({ startedAt }) => startedAt).length,
      completed: own.filter(({ status }) => status === "COMPLETED").length,
      failed,
      waitTime: { median: 0.4, p95: 1.2 },
      runTime: { median: 5.1, p95: 6.3 },
      failures: failed > 0 ? [{ errorCode: "reported", count: failed }] : [],
    };
  });
}

const SLOTS: Record<string, [number, number]> = { hour: [60, 60], day: [600, 144], week: [3600, 168] };

export function historyOf({ jobs }: MockStore, url: URL): components["schemas"]["JobHistory"] {
  const [slotSeconds, count] = SLOTS[url.searchParams.get("range") ?? "hour"] ?? [60, 60];
  const current = Math.floor(Date.now() / 1000 / slotSeconds);
  const slots = Array.from({ length: count }, (_, index) => {
    const slot = current - count + 1 + index;
    const ended = jobs.filter(
      ({ completedAt }) => Math.floor(Date.parse(completedAt ?? "") / 1000 / slotSeconds) === slot,
    );
    const completed = ended.filter(({ status }) => status === "COMPLETED").length;
    return {
      start: new Date(slot * slotSeconds * 1000).toISOString(),
      completed,
      failed: ended.filter(({ status }) => status === "FAILED").length,
      ...(completed > 0 && { waitTime: { median: 0.4, p95: 1 }, runTime: { median: 4 + (slot % 3), p95: 7 } }),
    };
  });
  return { slotSeconds, slots };
}

export function workersOf({ jobs }: MockStore): components["schemas"]["Worker"][] {
  return ["worker-1", "worker-2", "worker-3"].map((name, index) => {
    const own = jobs.filter(({ status, startedAt, worker }) => status === "PENDING" && startedAt && worker === name);
    const limit = { reason: "Rate limit exceeded", millis: 8_000, calls: 2, limitedForSeconds: 12 };
    return {
      name,
      state: index === 2 ? ("lost" as const) : ("running" as const),
      version: "0.1.0",
      queues: [
        { name: "default", processor: "mock", concurrency: 1000 },
        { name: "llm", processor: "openai", concurrency: 16, ...(index === 0 && { limit }) },
      ],
      inFlight: own.length,
      jobs: own.map(({ id }) => id),
      lastHeartbeat: new Date(Date.now() - (index === 2 ? 90_000 : 3_000)).toISOString(),
      memory: { used: 104_857_600, max: 536_870_912 },
    };
  });
}
