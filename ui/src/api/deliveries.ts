import { call } from "./client";
import type { components } from "./schema";

type WireDelivery = components["schemas"]["Delivery"];

/** A notification of a job's end; times are epoch milliseconds. */
export type Delivery = {
  id: string;
  type: string;
  status: WireDelivery["status"];
  attempts: number;
  attemptedAt: number | null;
  nextAttemptAt: number | null;
  /** What the last attempt was answered, if anything. */
  httpStatus: number | null;
  answer: string | null;
  error: string | null;
};

/** Those of a job, oldest first. */
export async function listDeliveries(jobId: string, signal?: AbortSignal): Promise<Delivery[]> {
  const response = await call(`/jobs/${encodeURIComponent(jobId)}/deliveries`, { signal });
  return ((await response.json()) as WireDelivery[]).map(parseDelivery);
}

/** Has it sent again at once. */
export async function redeliver(jobId: string, id: string): Promise<void> {
  await call(`/jobs/${encodeURIComponent(jobId)}/deliveries/${encodeURIComponent(id)}/redeliver`, { method: "POST" });
}

/** Sends again, at once, what failed of jobs that ended since; returns how many, and whether there may be more. */
export async function redeliverFailed(since: string): Promise<{ deliveries: number; more: boolean }> {
  const response = await call("/deliveries/redeliver", { method: "POST", json: { since } });
  return response.json();
}

function parseDelivery({ id, type, status, attempts, ...wire }: WireDelivery): Delivery {
  return {
    id,
    type,
    status,
    attempts,
    attemptedAt: wire.attemptedAt ? Date.parse(wire.attemptedAt) : null,
    nextAttemptAt: wire.nextAttemptAt ? Date.parse(wire.nextAttemptAt) : null,
    httpStatus: wire.httpStatus ?? null,
    answer: wire.answer || null,
    error: wire.error ?? null,
  };
}
