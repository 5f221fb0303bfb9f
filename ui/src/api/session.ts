import { call } from "./client";
import type { components } from "./schema";

export type Session = components["schemas"]["Session"];
export type Role = Session["roles"][number];

/** Who is signed in, and how anybody can be. */
export async function getSession(signal?: AbortSignal): Promise<Session> {
  const response = await call("/session", { signal });
  return response.json();
}

export async function signIn(key: string): Promise<void> {
  await call("/session", { method: "POST", json: { key } });
}

/** Returns where the browser has to go to be signed out there, too. */
export async function signOut(): Promise<string> {
  const response = await call("/session", { method: "DELETE" });
  const { location }: { location: string } = await response.json();
  return location;
}
