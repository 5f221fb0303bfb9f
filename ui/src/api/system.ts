import { apiUrl } from "./base";
import { call } from "./client";
import type { components } from "./schema";

export type SystemState = components["schemas"]["System"];

/** Whether all parts work, and by which settings; secrets are not among them. */
export async function getSystem(signal?: AbortSignal): Promise<SystemState> {
  const response = await call("/system", { signal });
  return response.json();
}

export const systemUrl = () => apiUrl("/system").toString();
