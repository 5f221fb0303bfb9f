import { call } from "./client";
import type { components } from "./schema";

/** What an attempt has written from an offset on, up to `next`. */
export type OutputPart = Pick<components["schemas"]["Output"], "offset" | "text" | "next">;

export async function getOutput(id: string, from: number, signal?: AbortSignal): Promise<OutputPart> {
  const response = await call(`/jobs/${encodeURIComponent(id)}/output?from=${from}`, { signal });
  return (await response.json()) as OutputPart;
}
