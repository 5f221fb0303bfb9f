import { randomHex } from "./random-hex";

/** A W3C traceparent: begins a trace that the API and the workers go on with. */
export function newTraceparent(): string {
  // Says sampled, or whatever lies between would take the dashboard's silence for a no.
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}
