import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { createJob } from "@/api/create-job";
import { createJobs } from "@/api/create-jobs";
import type { Job } from "@/api/job";
import { jobKeys } from "@/api/job-keys";
import { upsertJobs } from "../job-cache";
import { newKey, type Submission } from "./submission";

const SUBMIT = ["submit"] as const;

const send = async ({ prompts, key, batch }: Submission) =>
  batch ? createJobs(prompts, key) : [await createJob(prompts[0] ?? "", key)];

/** Submits prompts. The same prompts after a failure go out under the same key, so that none becomes two jobs. */
export function useSubmit(onDone: () => void) {
  const client = useQueryClient();
  const failed = useRef<Submission | null>(null);
  const mutation = useMutation({
    mutationKey: SUBMIT,
    mutationFn: send,
    onError: (_, submission) => {
      failed.current = submission;
    },
  });
  // Called with the change of state: the jobs' rows come as those of the submission go, and nothing moves.
  const done = (jobs: readonly Job[]) => {
    failed.current = null;
    upsertJobs(client, jobs);
    onDone();
    void client.invalidateQueries({ queryKey: jobKeys.stats() });
  };
  const submit = (prompts: string[], batch: boolean) => {
    if (prompts.length === 0 || mutation.isPending) return;
    const same = failed.current?.batch === batch && failed.current.prompts.join("\n") === prompts.join("\n");
    const key = same && failed.current ? failed.current.key : newKey();
    mutation.mutate({ prompts, batch, key }, { onSuccess: done });
  };
  return { submit, error: mutation.error, isPending: mutation.isPending, clear: mutation.reset };
}

/** What is on its way to the server: shown as rows before it is a job. */
export function useUnderWay(): Submission[] {
  return useMutationState({
    filters: { mutationKey: SUBMIT, status: "pending" },
    select: ({ state }) => state.variables as Submission,
  });
}

/** The ids of the jobs that were submitted here within the last minutes. */
export function useSubmitted(): ReadonlySet<string> {
  const jobs = useMutationState({
    filters: { mutationKey: SUBMIT, status: "success" },
    select: ({ state }) => state.data as readonly Job[],
  });
  return useMemo(() => new Set(jobs.flat().map(({ id }) => id)), [jobs]);
}
