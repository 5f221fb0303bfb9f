import { call } from "./client";
import type { components } from "./schema";

export const RANGES = ["hour", "day", "week"] as const;

export type Range = (typeof RANGES)[number];

type WireHistory = components["schemas"]["JobHistory"];

/** Jobs that finished in the time that begins then; durations are seconds. */
export type Slot = Omit<components["schemas"]["JobHistorySlot"], "start"> & { start: number };

export type History = { slotSeconds: number; slots: Slot[] };

/** Of all queues, where none is named. */
export async function getHistory(range: Range, queue: string | null, signal?: AbortSignal): Promise<History> {
  const params = new URLSearchParams({ range, ...(queue !== null && { queue }) });
  const response = await call(`/jobs/stats/history?${params}`, { signal });
  const { slotSeconds, slots }: WireHistory = await response.json();
  return { slotSeconds, slots: slots.map((slot) => ({ ...slot, start: Date.parse(slot.start) })) };
}
