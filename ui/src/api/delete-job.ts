import { call } from "./client";

export async function deleteJob(id: string): Promise<void> {
  await call(`/jobs/${encodeURIComponent(id)}`, { method: "DELETE" });
}
