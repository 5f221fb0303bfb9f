import { formatAge, formatElapsed, formatExact } from "./time-format";
import { useNow } from "./use-now";

/** How long ago; exactly when on hover. */
export function Age({ at }: { at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatAge(now - at)}
    </time>
  );
}

/** A stopwatch since then. */
export function Elapsed({ since }: { since: number }) {
  return <span>{formatElapsed(useNow() - since)}</span>;
}
