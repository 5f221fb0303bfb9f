import { useState } from "react";
import { useMay } from "@/access/use-session";
import type { Job } from "@/api/job";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Icon } from "@/components/icon";
import { toast } from "@/components/toast";
import { currentDraft, type Draft, fillForm } from "../form/draft";
import { draftOfJob, lostBy } from "../form/draft-of-job";
import { openForm } from "../form/form-folded";
import { useUrlState } from "../url-state";

/** Fills the form with what the job was submitted with, to be submitted once more, edited or not. */
export function RunAgain({ job }: { job: Job }) {
  const { filter, change } = useUrlState();
  const [asked, setAsked] = useState<Draft | null>(null);
  if (!useMay("submitter")) return null;
  const fill = (draft: Draft) => {
    fillForm(draft);
    const lost = lostBy(draft, job);
    if (lost.length > 0) toast(`Not taken over: ${lost.join(", ")}.`, true);
    change({ job: null, conditions: filter.conditions }); // the jobs' page has the form
    openForm();
  };
  const ask = () => {
    const draft = draftOfJob(job);
    const written = currentDraft().text.trim();
    if (written === "" || written === draft.text) fill(draft);
    else setAsked(draft);
  };
  return (
    <>
      <Button className="ml-auto" onClick={ask}>
        <Icon name="resume" />
        Run again…
      </Button>
      <Confirm
        open={asked !== null}
        look="solid"
        title="Replace what you have written?"
        consequence="The form holds a text that is not submitted. This job's takes its place."
        confirm="Replace it"
        dismiss="Keep my text"
        onConfirm={() => asked && fill(asked)}
        onDismiss={() => setAsked(null)}
      />
    </>
  );
}
