import { apiUrl } from "./base";
import type { OutputPart } from "./get-output";

export type PushedOutput = OutputPart & { attempt: number };

/**
 * Follows what a job writes. The browser connects again by itself where it lost the connection, and goes on there; where it is refused, it
 * does not.
 * @param onConnected is called with whether events arrive: a proxy may accept the connection and keep them
 * @returns what closes it
 */
export function openJobEvents(
  id: string,
  onConnected: (connected: boolean) => void,
  onOutput: (output: PushedOutput) => void,
): () => void {
  if (typeof EventSource === "undefined") return () => {};
  const events = new EventSource(apiUrl(`/jobs/${encodeURIComponent(id)}/events`));
  events.addEventListener("state", () => onConnected(true));
  events.addEventListener("output", ({ data }: MessageEvent<string>) => {
    onConnected(true);
    onOutput(JSON.parse(data) as PushedOutput);
  });
  events.addEventListener("error", () => onConnected(false));
  return () => events.close();
}
