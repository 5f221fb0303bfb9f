import { type SubmitEvent, useState } from "react";
import type { BulkAction } from "@/api/bulk";
import type { JobFilter } from "@/api/job-keys";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { formatCount } from "@/components/time-format";
import { CONSEQUENCES, VERBS } from "../actions/action-words";
import { describe } from "../filters/conditions";
import { useMatching, useRequestBulk } from "./use-bulk";

type Props = { action: BulkAction; filter: JobFilter; onRequested: () => void; onClose: () => void };

/** Asks before something is done to all jobs of a filter: whoever means it types their number. */
export function BulkDialog({ action, filter, onRequested, onClose }: Props) {
  const { data: count, error } = useMatching(action, filter);
  const verb = VERBS[action];
  return (
    <Dialog
      open
      title={count === undefined ? `${verb} all that match` : `${verb} ${jobs(count)}?`}
      description={describeFilter(filter)}
      onClose={onClose}
    >
      {error && (
        <p role="alert" className="text-failed">
          They could not be counted: {messageOf(error)}
        </p>
      )}
      {!error && count === undefined && <p role="status">Counting…</p>}
      {count === 0 && <p>None of the jobs that match is in a state that allows this.</p>}
      {count !== undefined && count > 0 && (
        <Confirmation action={action} filter={filter} count={count} onRequested={onRequested} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Confirmation({ action, filter, count, onRequested, onClose }: Props & { count: number }) {
  const [typed, setTyped] = useState("");
  const { mutate, isPending, error } = useRequestBulk(action, filter);
  const meant = typed.replace(/[^\p{Nd}]/gu, "") === String(count);
  const confirm = (event: SubmitEvent) => {
    event.preventDefault();
    event.nativeEvent.submitter?.focus(); // the field goes, and nobody writes any more
    if (meant && !isPending) mutate(undefined, { onSuccess: onRequested });
  };
  return (
    <form onSubmit={confirm}>
      <p className="text-ink-muted">
        {CONSEQUENCES[action]} It runs in the background; jobs that are submitted, or end, from now on are not touched.
      </p>
      <label className="mt-4 block">
        <span className="font-medium">
          Type <span className="tabular-nums">{formatCount(count)}</span> to confirm
        </span>
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="mt-1.5 block h-9 w-full rounded-control border border-line-strong bg-paper px-3 tabular-nums"
        />
      </label>
      <p role="alert" className="mt-2 text-failed empty:hidden">
        {error ? messageOf(error) : null}
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Leave as they are</Button>
        <Button type="submit" look={action === "retry" ? "solid" : "danger"} disabled={!meant || isPending}>
          {VERBS[action]} {jobs(count)}
        </Button>
      </div>
    </form>
  );
}

const jobs = (count: number) => (count === 1 ? "1 job" : `${formatCount(count)} jobs`);

function describeFilter({ status, q, conditions }: JobFilter): string {
  const all = [
    ...(status === null ? [] : [status[0] + status.slice(1).toLowerCase()]),
    ...(q === "" ? [] : [`“${q}”`]),
    ...conditions.map(describe),
  ];
  return all.length === 0 ? "Of all jobs there are." : `Of the jobs that match: ${all.join(" · ")}`;
}
