import { lazy, Suspense, useState } from "react";
import { useMay } from "@/access/use-session";
import { type FailureGroup, type Failures, PERIODS, type Period } from "@/api/failures";
import type { Condition, JobFilter } from "@/api/job-keys";
import { messageOf } from "@/api/problem";
import { useReachable } from "@/api/reachability";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Page } from "@/components/page";
import { Segments } from "@/components/segments";
import { StaleNotice } from "@/components/stale-notice";
import { Age } from "@/components/time";
import { formatCount } from "@/components/time-format";
import { useUrlState } from "../url-state";
import { FailureLink } from "./failure-link";
import { useFailures } from "./use-failures";

const BulkDialog = lazy(() => import("../bulk/bulk-dialog").then((module) => ({ default: module.BulkDialog })));

const OPTIONS = [
  ["hour", "Hour"],
  ["day", "Day"],
  ["week", "Week"],
  ["month", "Month"],
] as const satisfies readonly (readonly [Period, string])[];

/** The jobs that are FAILED, by reason. */
export function FailuresPage() {
  const { params, change } = useUrlState();
  const period = PERIODS.find((each) => each === params.get("period")) ?? "day";
  return (
    <Page
      title="Failures"
      description="Jobs that failed lately and were not retried since. Errors that differ in numbers and ids alone are one."
      tools={
        <Segments
          label="Period"
          value={period}
          options={OPTIONS}
          onChange={(next) => change({ period: next === "day" ? null : next }, true)}
        />
      }
    >
      <Groups period={period} />
    </Page>
  );
}

function Groups({ period }: { period: Period }) {
  const { data, error } = useFailures(period);
  const reachable = useReachable();
  const [asked, setAsked] = useState<FailureGroup | null>(null);
  if (!data) return <p className={error ? "text-failed" : "text-ink-muted"}>{error ? messageOf(error) : "Loading…"}</p>;
  return (
    <>
      {error && reachable && <StaleNotice what="The failures" error={error} className="mb-2" />}
      {data.groups.length === 0 ? (
        <p className="text-ink-muted">No job that failed in this time is FAILED now.</p>
      ) : (
        <ul className="divide-y divide-line rounded-panel border border-line bg-surface">
          {data.groups.map((group) => (
            <Group key={`${group.queue} ${group.failure}`} group={group} onRetry={() => setAsked(group)} />
          ))}
        </ul>
      )}
      <Bounds failures={data} />
      {asked && (
        <Suspense>
          <BulkDialog
            action="retry"
            filter={filterOf(asked)}
            onRequested={() => setAsked(null)}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      )}
    </>
  );
}

const conditionsOf = ({ failure, queue }: FailureGroup): Condition[] => [
  ["failure", failure],
  ["queue", queue],
];

const filterOf = (group: FailureGroup): JobFilter => ({ status: "FAILED", q: "", conditions: conditionsOf(group) });

function Group({ group, onRetry }: { group: FailureGroup; onRetry: () => void }) {
  const reachable = useReachable();
  const mayRetry = useMay("operator");
  const { failure, queue, count, firstFailed, lastFailed } = group;
  const [code, error] = split(failure);
  const jobs = count === 1 ? "1 job" : `${formatCount(count)} jobs`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <p className="w-full shrink-0 text-lg sm:w-16 sm:text-right font-semibold tabular-nums text-failed">
        {formatCount(count)}
      </p>
      <div className="min-w-0 flex-1 basis-64">
        <FailureLink conditions={conditionsOf(group)} label={`Show ${jobs}: ${failure}, queue ${queue}`}>
          {error}
        </FailureLink>
        <p className="mt-0.5 text-xs break-words text-ink-muted">
          {code} · queue <bdi>{queue}</bdi> · first <Age at={Date.parse(firstFailed)} /> · last{" "}
          <Age at={Date.parse(lastFailed)} />
        </p>
      </div>
      <Button
        disabled={!reachable || !mayRetry}
        title={mayRetry ? undefined : "Needs the role operator"}
        onClick={onRetry}
        aria-label={`Retry all… ${jobs}: ${failure}, queue ${queue}`}
      >
        <Icon name="retry" />
        Retry all…
      </Button>
    </li>
  );
}

/** A group's error follows its code. */
function split(failure: string): [code: string, error: string] {
  const end = failure.indexOf(": ");
  return end === -1 ? ["", failure] : [failure.slice(0, end), failure.slice(end + 2)];
}

function Bounds({ failures: { jobs, more, groups } }: { failures: Failures }) {
  const shown = groups.reduce((sum, { count }) => sum + count, 0);
  if (!more && shown >= jobs) return null;
  return (
    <p className="mt-2 text-xs text-ink-muted">
      {more && `The last ${formatCount(jobs)} failed jobs of the period are counted; there are more. `}
      {shown < jobs && `The ${formatCount(groups.length)} most frequent failures are shown.`}
    </p>
  );
}
