import { call } from "./client";
import type { components } from "./schema";

export type ApiKey = components["schemas"]["ApiKey"];
export type NewKey = components["schemas"]["NewKey"];

/** All keys, the newest first; those that were revoked, for some time. */
export async function listKeys(signal?: AbortSignal): Promise<ApiKey[]> {
  const response = await call("/api-keys", { signal });
  return response.json();
}

/** Returns the key with its text, which nobody gets again. */
export async function createKey(wanted: NewKey): Promise<ApiKey> {
  const response = await call("/api-keys", { method: "POST", json: wanted });
  return response.json();
}

export async function revokeKey(id: string): Promise<void> {
  await call(`/api-keys/${encodeURIComponent(id)}`, { method: "DELETE" });
}
