import { call } from "./client";
import type { components } from "./schema";

type WireStats = components["schemas"]["QueueStats"];

/** Times are epoch milliseconds, durations seconds. */
export type QueueStats = Omit<WireStats, "oldestWaiting"> & { oldestWaiting: number | null };

export async function getQueueStats(signal?: AbortSignal): Promise<QueueStats[]> {
  const response = await call("/jobs/stats/queues", { signal });
  const wire: WireStats[] = await response.json();
  return wire.map(({ oldestWaiting, ...stats }) => ({
    ...stats,
    oldestWaiting: oldestWaiting ? Date.parse(oldestWaiting) : null,
  }));
}
