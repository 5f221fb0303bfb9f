import type { ReactNode } from "react";
import { Link } from "react-router";
import type { JobStats, TokensUsed } from "@/api/get-stats";
import type { JobStatus } from "@/api/job";
import { useReachable } from "@/api/reachability";
import { StaleNotice } from "@/components/stale-notice";
import { formatCoarse, formatCount, formatDuration, formatMagnitude } from "@/components/time-format";
import { useNow } from "@/components/use-now";
import type { JobState } from "../job-state";
import { STATE_LABELS, StateMark } from "../state-mark";
import { patched, useUrlState } from "../url-state";
import { HourChart } from "./hour-chart";
import { useStats } from "./use-stats";

/** The cluster at a glance. */
export function StatsStrip() {
  const { data, error } = useStats();
  const reachable = useReachable();
  return (
    <section
      aria-label="Statistics"
      className="grid grid-cols-3 gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-3 sm:flex sm:min-h-23.5 sm:flex-wrap sm:items-stretch sm:gap-x-8 lg:px-6"
    >
      <StateCount state="waiting" status="PENDING" count={data?.counts.PENDING}>
        <OldestWaiting since={data?.oldestWaiting} />
      </StateCount>
      <StateCount state="running" count={data?.running}>
        {data !== undefined && data.running > 0 && "of the pending"}
      </StateCount>
      <TimeToComplete stats={data} />
      <StateCount state="completed" status="COMPLETED" count={data?.counts.COMPLETED} />
      <StateCount state="failed" status="FAILED" count={data?.counts.FAILED} />
      <StateCount state="cancelled" status="CANCELLED" count={data?.counts.CANCELLED} />
      <Tokens used={data?.tokens ?? NONE} />
      <HourChart minutes={data?.perMinute} />
      {error && reachable && <StaleNotice what="The statistics" error={error} className="col-span-3 basis-full" />}
    </section>
  );
}

const NONE: readonly TokensUsed[] = [];

/** What models used in the last hour; nothing where none did. By queue and model it is among the queues. */
function Tokens({ used }: { used: readonly TokensUsed[] }) {
  const [input, output] = [sum(used, "inputTokens"), sum(used, "outputTokens")];
  if (input + output === 0) return null;
  return (
    <Figure label="Tokens, last hour" value={formatMagnitude(input + output)}>
      {formatMagnitude(input)} in, {formatMagnitude(output)} out
    </Figure>
  );
}

const sum = (used: readonly TokensUsed[], direction: "inputTokens" | "outputTokens") =>
  used.reduce((total, tokens) => total + tokens[direction], 0);

type CountProps = { state: JobState; status?: JobStatus; count: number | undefined; children?: ReactNode };

/** How many jobs there are; a status leads to them. */
function StateCount({ state, status, count, children }: CountProps) {
  const { params } = useUrlState();
  const text = count === undefined ? "–" : formatCount(count);
  const label = STATE_LABELS[state];
  return (
    <Figure
      label={label}
      mark={<StateMark state={state} still={!count} />}
      value={
        status ? (
          <Link
            to={{ search: patched(params, { status, q: null, conditions: [] }).toString() }}
            preventScrollReset
            aria-label={`${text}: show the ${label.toLowerCase()} jobs`}
            className="hover:underline"
          >
            {text}
          </Link>
        ) : (
          text
        )
      }
    >
      {children}
    </Figure>
  );
}

function Figure({
  label,
  mark,
  value,
  children,
}: {
  label: string;
  mark?: ReactNode;
  value: ReactNode;
  children?: ReactNode;
}) {
  return (
    <dl className="min-w-20 sm:min-w-24">
      <dt className="flex items-center gap-1.5 text-xs text-ink-muted">
        {mark}
        {label}
      </dt>
      <dd className="font-figure text-xl font-medium tracking-tight sm:text-figure">{value}</dd>
      {children !== undefined && <dd className="h-4 text-2xs text-ink-muted tabular-nums">{children}</dd>}
    </dl>
  );
}

function OldestWaiting({ since }: { since: number | null | undefined }) {
  const now = useNow();
  return since ? `oldest waits ${formatCoarse(now - since)}` : null;
}

function TimeToComplete({ stats }: { stats: JobStats | undefined }) {
  const times = stats?.timeToComplete;
  return (
    <Figure label="Median time" value={times ? formatDuration(times.median * 1000) : "–"}>
      {times ? `p95 ${formatDuration(times.p95 * 1000)}` : "p95 –"}
    </Figure>
  );
}
