import * as Radix from "@radix-ui/react-dialog";
import { lazy, Suspense } from "react";
import type { Job, JobEvent } from "@/api/job";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { CopyButton } from "@/components/copy-button";
import { Icon } from "@/components/icon";
import { stateOf } from "../job-state";
import { StateLabel } from "../state-label";
import { StateMark } from "../state-mark";
import { AttemptState } from "./attempt-state";
import { CompareAttempts } from "./compare-attempts";
import { DetailActions } from "./detail-actions";
import { Facts } from "./facts";
import { JobLinks } from "./job-links";
import { LiveOutput } from "./live-output";
import { Result } from "./result";
import { Section } from "./section";
import { Timeline } from "./timeline";
import { entriesOf } from "./timeline-entries";
import { useJob } from "./use-job";

const Deliveries = lazy(() => import("./deliveries").then((module) => ({ default: module.Deliveries })));

export function JobDetails({ id }: { id: string }) {
  const { job, history, error, gone } = useJob(id);
  return (
    <>
      <header className="flex h-(--header) shrink-0 items-center gap-2 border-b border-line pr-2 pl-5">
        {job && !gone && <StateMark state={stateOf(job)} />}
        <Radix.Title className="text-base font-semibold">{job && !gone ? <StateLabel job={job} /> : "Job"}</Radix.Title>
        <code className="ml-2 min-w-0 truncate font-mono text-xs text-ink-muted">{id}</code>
        <CopyButton text={id} label="Copy the id" />
        <Radix.Close asChild>
          <Button look="quiet" icon aria-label="Close" className="ml-auto">
            <Icon name="close" />
          </Button>
        </Radix.Close>
      </header>
      {gone && <Notice title="This job does not exist">It was deleted, or the address is not right.</Notice>}
      {!gone && !job && error && <Notice title="The job could not be loaded">{messageOf(error)}</Notice>}
      {!gone && !job && !error && <Skeleton />}
      {!gone && job && (
        <>
          <div className="flex-1 overflow-y-auto overscroll-contain">
            <Body job={job} history={history} />
            {job.webhook !== null && (
              <Suspense>
                <Deliveries job={job} url={job.webhook} />
              </Suspense>
            )}
            {history && (
              <Timeline entries={entriesOf(job, history)} tools={<CompareAttempts job={job} history={history} />} />
            )}
          </div>
          <DetailActions job={job} />
        </>
      )}
    </>
  );
}

function Body({ job, history }: { job: Job; history: readonly JobEvent[] | null }) {
  return (
    <>
      <Section title="Prompt" tools={<CopyButton text={job.prompt} label="Copy the prompt" />}>
        <p dir="auto" className="max-h-60 overflow-y-auto text-base break-words whitespace-pre-wrap">
          {job.prompt}
        </p>
      </Section>
      <AttemptState job={job} />
      {job.error !== null && (
        <Section title="Error" tools={<CopyButton text={job.error} label="Copy the error" />}>
          <p
            dir="auto"
            className="rounded-control bg-failed-wash px-3 py-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap text-failed"
          >
            {job.error}
          </p>
        </Section>
      )}
      {stateOf(job) === "running" && <LiveOutput key={job.attempt} job={job} />}
      {job.result && <Result result={job.result} />}
      <Facts job={job} history={history} />
      <JobLinks job={job} />
    </>
  );
}

function Notice({ title, children }: { title: string; children: string }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-1 p-8 text-center">
      <p className="text-base font-semibold">{title}</p>
      <p className="text-ink-muted">{children}</p>
    </div>
  );
}

function Skeleton() {
  return (
    <div role="status" aria-label="Loading the job" className="space-y-4 p-5">
      {["w-24", "w-full", "w-2/3", "w-24", "w-full", "w-1/2"].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <div key={index} className={`h-3 animate-breathe rounded bg-line ${width}`} />
      ))}
    </div>
  );
}
