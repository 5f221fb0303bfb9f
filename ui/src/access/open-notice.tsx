import { useSession } from "./use-session";

/** Says so where nobody signs in. */
export function OpenNotice() {
  const session = useSession();
  if (session?.access !== "open") return null;
  return (
    <p className="mt-4 text-xs text-ink-muted">
      Access is open: whoever reaches this address may read, cancel and delete every job.
    </p>
  );
}
