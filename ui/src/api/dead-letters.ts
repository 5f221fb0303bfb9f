import { call } from "./client";
import type { components } from "./schema";

type WireLetter = components["schemas"]["DeadLetter"];

/** A message that no worker could handle. */
export type DeadLetter = Omit<WireLetter, "at"> & { at: number };

export type LetterAction = "requeue" | "discard";

/** The newest first. */
export async function listDeadLetters(signal?: AbortSignal): Promise<DeadLetter[]> {
  const response = await call("/dead-letters", { signal });
  const wire: WireLetter[] = await response.json();
  return wire.map((letter) => ({ ...letter, at: Date.parse(letter.at) }));
}

export async function changeDeadLetter(id: string, action: LetterAction): Promise<void> {
  const path = `/dead-letters/${encodeURIComponent(id)}`;
  if (action === "requeue") await call(`${path}/requeue`, { method: "POST" });
  else await call(path, { method: "DELETE" });
}
