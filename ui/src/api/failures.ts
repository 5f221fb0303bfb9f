import { call } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

/** Jobs of a queue that are FAILED for the same reason. */
export type FailureGroup = Schemas["FailureGroup"];

/** Those of the last jobs that failed; `more` says whether further ones did. */
export type Failures = Schemas["Failures"];

export const PERIODS = ["hour", "day", "week", "month"] as const;

export type Period = (typeof PERIODS)[number];

export async function listFailures(period: Period, signal?: AbortSignal): Promise<Failures> {
  const response = await call(`/failures?period=${period}`, { signal });
  return response.json();
}
