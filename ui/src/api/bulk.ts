import { call } from "./client";
import type { JobFilter } from "./job-keys";
import type { components } from "./schema";

type BulkFilter = components["schemas"]["BulkFilter"];

export type BulkAction = BulkOperation["action"];

/** Something that is done to all jobs that matched a filter. */
export type BulkOperation = components["schemas"]["BulkView"];

/** How many jobs it would be done to. */
export async function countMatching(action: BulkAction, filter: JobFilter, signal?: AbortSignal): Promise<number> {
  const json = { action, filter: bulkFilterOf(filter), dryRun: true };
  const response = await call("/bulk", { method: "POST", json, signal });
  const { total }: components["schemas"]["Matching"] = await response.json();
  return total;
}

export async function requestBulk(action: BulkAction, filter: JobFilter): Promise<BulkOperation> {
  const response = await call("/bulk", { method: "POST", json: { action, filter: bulkFilterOf(filter) } });
  return response.json();
}

/** Those that run, and the last that ended, newest first. */
export async function listBulk(signal?: AbortSignal): Promise<BulkOperation[]> {
  const response = await call("/bulk", { signal });
  return response.json();
}

export async function cancelBulk(id: string): Promise<BulkOperation> {
  const response = await call(`/bulk/${id}/cancel`, { method: "POST" });
  return response.json();
}

/** The jobs of a list, as the API takes them in a body. */
function bulkFilterOf({ status, q, conditions }: JobFilter): BulkFilter {
  const pairs = conditions.filter(([name]) => name.startsWith("metadata."));
  return {
    ...(status === "SCHEDULED" && { state: "scheduled" }),
    ...(status !== null && status !== "SCHEDULED" && { status: [status] }),
    ...(q !== "" && { q }),
    ...Object.fromEntries(conditions.filter(([name]) => !name.startsWith("metadata."))),
    ...(pairs.length > 0 && {
      metadata: Object.fromEntries(pairs.map(([name, value]) => [name.slice("metadata.".length), value])),
    }),
  };
}
