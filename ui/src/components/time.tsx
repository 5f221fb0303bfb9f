import { formatAge, formatElapsed, formatExact, formatTime, formatUtc } from "./time-format";
import { useNow } from "./use-now";

/** How long ago; exactly when, in UTC, on hover. */
export function Age({ at }: { at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
      {formatAge(now - at)}
    </time>
  );
}

/** Exactly when, with the zone; in UTC on hover. */
export function Exact({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
      {formatExact(at)}
    </time>
  );
}

/** A time to come: with its date unless that is today; in UTC on hover. */
export function Clock({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatUtc(at)} className="tabular-nums">
      {formatTime(at)}
    </time>
  );
}

/** How long it is until then: "in 12 s", "in 1:05", or "now". */
export function Countdown({ to }: { to: number }) {
  const left = to - useNow();
  return (
    <time dateTime={new Date(to).toISOString()} title={formatUtc(to)} className="tabular-nums">
      {left > 0 ? `in ${formatElapsed(left + 999)}` : "now"}
    </time>
  );
}

/** A stopwatch since then. */
export function Elapsed({ since }: { since: number }) {
  return <span>{formatElapsed(useNow() - since)}</span>;
}
