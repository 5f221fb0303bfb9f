import { call } from "./client";
import type { components } from "./schema";

export type Queue = components["schemas"]["Queue"];

/** What can be done to a queue: none of a paused one's jobs starts. */
export type QueueAction = "pause" | "resume";

/** The queues that jobs may name, the default one first. */
export async function listQueues(signal?: AbortSignal): Promise<Queue[]> {
  const response = await call("/queues", { signal });
  return response.json();
}

export async function changeQueue(name: string, action: QueueAction): Promise<Queue> {
  const response = await call(`/queues/${encodeURIComponent(name)}/${action}`, { method: "POST" });
  return response.json();
}
