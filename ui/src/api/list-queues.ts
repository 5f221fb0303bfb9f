import { call } from "./client";
import type { components } from "./schema";

export type Queue = components["schemas"]["Queue"];

/** The queues that jobs may name, the default one first. */
export async function listQueues(signal?: AbortSignal): Promise<Queue[]> {
  const response = await call("/queues", { signal });
  return response.json();
}
