import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import type { Job } from "@/api/job";
import { onRefusal } from "@/api/refusals";
import { getSession, type Role, type Session, signIn, signOut } from "@/api/session";

const KEY = ["session"] as const;

const RETRY = 2_000;

/** Who is signed in; null while the API does not say, undefined until it was asked. */
export function useSession(): Session | null | undefined {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => getSession(signal).catch(() => null),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => (state.data === null ? RETRY : false),
  }).data;
}

/** Asks who is signed in as soon as the API refuses somebody. */
export function useFollowRefusals() {
  const client = useQueryClient();
  useEffect(() => onRefusal(() => void client.invalidateQueries({ queryKey: KEY })), [client]);
}

/** Whether the caller has a role; while nobody knows, the API has the last word. */
export function useMay(role: Role): boolean {
  return useSession()?.roles.includes(role) ?? true;
}

/** Tells which jobs the caller may change: all of them, or those they submitted. */
export function useMayChange(): (job: Pick<Job, "submittedBy">) => boolean {
  const session = useSession();
  return useCallback(
    ({ submittedBy }) =>
      !session ||
      session.roles.includes("operator") ||
      (session.roles.includes("submitter") && submittedBy !== null && submittedBy === session.name),
    [session],
  );
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signIn,
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Signs out here, and goes where the issuer does so too. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSuccess: async (address) => {
      const target = new URL(address, location.href);
      if (target.origin !== location.origin) location.assign(target);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] }); // nothing of theirs stays
      await client.invalidateQueries({ queryKey: KEY });
    },
  });
}
