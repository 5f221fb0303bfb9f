import { useEffect } from "react";
import { OpenNotice } from "@/access/open-notice";
import { SubmittersForm } from "@/access/submitters-form";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { useShortcuts } from "@/components/use-shortcuts";
import { focusWanted, openForm } from "@/jobs/form/form-folded";
import { useUrlState } from "@/jobs/url-state";

/** The form beside the jobs, or what unfolds it: the list needs its room while a job is open beside it. */
export function FormColumn({ folded, crowded }: { folded: boolean; crowded: boolean }) {
  const { change } = useUrlState();
  const open = () => {
    openForm();
    if (crowded) change({ job: null });
  };
  useShortcuts({ n: open });
  useEffect(focusWanted);
  return (
    <div
      className={`border-b border-line px-4 lg:border-r lg:border-b-0 ${folded ? "py-2 lg:px-1.5" : "py-4 lg:px-6"}`}
    >
      {folded && (
        <Button
          look="quiet"
          aria-label="New job"
          title="New job (n)"
          aria-expanded={false}
          onClick={open}
          className="lg:sticky lg:top-[calc(var(--header)+0.5rem)] lg:size-9 lg:justify-center lg:px-0"
        >
          <Icon name="plus" />
          <span className="lg:sr-only">New job</span>
        </Button>
      )}
      <div
        hidden={folded}
        className="lg:sticky lg:top-[calc(var(--header)+1rem)] lg:-mx-2 lg:max-h-[calc(100vh-var(--header)-2rem)] lg:overflow-y-auto lg:px-2 lg:pb-2"
      >
        <SubmittersForm />
        <OpenNotice />
      </div>
    </div>
  );
}
