import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { QueueSelect } from "../queues/queue-select";
import { useUrlState } from "../url-state";
import { conditionsOf, draftOf, type FilterDraft, type Kind, objectionToFilters } from "./filter-draft";

const KINDS: readonly (readonly [Kind, string])[] = [
  ["none", "any job"],
  ["tag", "the tag"],
  ["metadata", "the metadata"],
  ["worker", "the worker"],
  ["errorCode", "the error code"],
  ["failure", "the failure"],
  ["result", "a hallucinated response"],
];

const FIELD =
  "h-9 w-full min-w-0 rounded-control border border-line-strong bg-surface px-2 placeholder:text-ink-muted aria-invalid:border-failed";

/** What the list shows, beside its status and what is searched for. */
export function FilterDialog({ onClose }: { onClose: () => void }) {
  const { filter, change } = useUrlState();
  return (
    <Dialog open title="Filters" onClose={onClose}>
      <FilterForm
        initial={draftOf(filter.conditions)}
        onViews={() => change({ panel: "views" }, true)}
        onApply={(draft) => change({ panel: null, conditions: conditionsOf(draft) }, true)}
      />
    </Dialog>
  );
}

type FormProps = { initial: FilterDraft; onViews: () => void; onApply: (draft: FilterDraft) => void };

function FilterForm({ initial, onViews, onApply }: FormProps) {
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const edit = (change: Partial<FilterDraft>) => setDraft((before) => ({ ...before, ...change }));
  const objection = objectionToFilters(draft);
  const shown = tried ? objection : null;
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (objection === null) onApply(draft);
  };
  return (
    <form onSubmit={apply} aria-label="Filters" noValidate className="space-y-4">
      <div className="space-y-1">
        <span aria-hidden="true" className="text-xs text-ink-muted">
          Queue
        </span>
        <QueueSelect
          label="Queue"
          value={draft.queue}
          none="All queues"
          onChange={(queue) => edit({ queue })}
          className="block h-9 w-full"
        />
      </div>
      <Match draft={draft} objection={shown?.field === "match" ? shown.sentence : null} onEdit={edit} />
      <Times draft={draft} objection={shown?.field === "times" ? shown.sentence : null} onEdit={edit} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" className="mr-auto" onClick={onViews}>
          Views…
        </Button>
        <Button onClick={() => onApply(draftOf([]))}>Clear all</Button>
        <Button type="submit" look="solid">
          Show jobs
        </Button>
      </div>
    </form>
  );
}

type PartProps = { draft: FilterDraft; objection: string | null; onEdit: (change: Partial<FilterDraft>) => void };

function Match({ draft: { kind, key, value }, objection, onEdit }: PartProps) {
  const invalid = { "aria-invalid": objection !== null, "aria-describedby": "match-hint" };
  return (
    <fieldset className="space-y-1">
      <legend className="text-xs text-ink-muted">Jobs with</legend>
      <div className="grid gap-2 sm:grid-cols-[10rem_1fr]">
        <select
          aria-label="Jobs with"
          value={kind}
          onChange={(event) => onEdit({ kind: event.target.value as Kind })}
          className={FIELD}
        >
          {KINDS.map(([each, label]) => (
            <option key={each} value={each}>
              {label}
            </option>
          ))}
        </select>
        {kind !== "none" && kind !== "result" && (
          <div className="flex min-w-0 items-center gap-2">
            {kind === "metadata" && (
              <>
                <input
                  aria-label="Key"
                  placeholder="key"
                  autoComplete="off"
                  dir="auto"
                  maxLength={64}
                  value={key}
                  onChange={(event) => onEdit({ key: event.target.value })}
                  className={FIELD}
                  {...invalid}
                />
                =
              </>
            )}
            <input
              aria-label="Value"
              placeholder="exactly"
              autoComplete="off"
              dir="auto"
              maxLength={512}
              value={value}
              onChange={(event) => onEdit({ value: event.target.value })}
              className={FIELD}
              {...invalid}
            />
          </div>
        )}
      </div>
      <p id="match-hint" role="status" className={`text-xs ${objection ? "text-failed" : "text-ink-muted"}`}>
        {objection ?? "One of these at a time: it takes the place of a search and of the scheduled jobs."}
      </p>
    </fieldset>
  );
}

function Times({ draft, objection, onEdit }: PartProps) {
  const time = (name: "after" | "before", label: string) => (
    <label className="block space-y-1">
      <span className="text-xs text-ink-muted">{label}</span>
      <input
        type="datetime-local"
        step={1}
        value={draft[name]}
        onChange={(event) => onEdit({ [name]: event.target.value })}
        aria-invalid={objection !== null}
        aria-describedby="times-hint"
        className={`${FIELD} tabular-nums`}
      />
    </label>
  );
  return (
    <div>
      <div className="grid gap-2 sm:grid-cols-2">
        {time("after", "Created after")}
        {time("before", "Created before")}
      </div>
      <p
        id="times-hint"
        role="status"
        className={`mt-1 text-xs empty:hidden ${objection ? "text-failed" : "text-ink-muted"}`}
      >
        {objection ?? "In your time zone."}
      </p>
    </div>
  );
}
