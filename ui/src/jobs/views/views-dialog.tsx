import { type SubmitEvent, useState } from "react";
import { Link } from "react-router";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Icon } from "@/components/icon";
import { patched, useUrlState } from "../url-state";
import { useSavedViews } from "./saved-views";

const LONGEST_NAME = 60;

/** The filters that were given names in this browser, and the way to name the one in force. */
export function ViewsDialog({ onClose }: { onClose: () => void }) {
  const { params } = useUrlState();
  const { views, save, remove } = useSavedViews();
  const [name, setName] = useState("");
  const current = patched(params, { panel: null, job: null }).toString();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    save({ name: name.trim(), search: current });
    setName("");
  };
  return (
    <Dialog open title="Views" description="Filters with names, kept in this browser." onClose={onClose}>
      {views.length === 0 && <p className="text-ink-muted">None is saved yet.</p>}
      <ul className="divide-y divide-line">
        {views.map((view) => (
          <li key={view.name} className="flex items-center gap-2 py-1">
            <Link
              to={{ search: view.search }}
              aria-current={view.search === current ? "page" : undefined}
              className="min-w-0 flex-1 truncate py-1.5 hover:underline aria-[current=page]:font-semibold"
            >
              <bdi>{view.name}</bdi>
            </Link>
            <Button look="quiet" icon aria-label={`Forget ${view.name}`} onClick={() => remove(view.name)}>
              <Icon name="delete" />
            </Button>
          </li>
        ))}
      </ul>
      {current === "" ? (
        <p className="mt-4 text-ink-muted">Filter or search the jobs to save that as a view.</p>
      ) : (
        <form onSubmit={submit} className="mt-4 flex flex-wrap items-end gap-2">
          <label className="min-w-40 flex-1">
            <span className="text-xs text-ink-muted">Name of the filter in force</span>
            <input
              type="text"
              value={name}
              maxLength={LONGEST_NAME}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
              className="mt-1 block h-9 w-full rounded-control border border-line-strong bg-paper px-3"
            />
          </label>
          <Button type="submit" look="solid" disabled={name.trim() === ""}>
            Save
          </Button>
        </form>
      )}
    </Dialog>
  );
}
