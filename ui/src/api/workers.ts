import { call } from "./client";
import type { components } from "./schema";

type WireWorker = components["schemas"]["Worker"];

/** Times are epoch milliseconds, memory bytes. */
export type Worker = Omit<WireWorker, "lastHeartbeat"> & { lastHeartbeat: number };

/** What can be done to a worker: a drained one starts nothing, and finishes what it runs. */
export type WorkerAction = "drain" | "resume";

export async function listWorkers(signal?: AbortSignal): Promise<Worker[]> {
  const response = await call("/workers", { signal });
  const wire: WireWorker[] = await response.json();
  return wire.map(parse);
}

export async function changeWorker(name: string, action: WorkerAction): Promise<Worker> {
  const response = await call(`/workers/${encodeURIComponent(name)}/${action}`, { method: "POST" });
  return parse(await response.json());
}

const parse = (wire: WireWorker): Worker => ({ ...wire, lastHeartbeat: Date.parse(wire.lastHeartbeat) });
