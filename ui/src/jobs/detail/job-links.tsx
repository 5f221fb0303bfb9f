import { useSession } from "@/access/use-session";
import type { Job } from "@/api/job";
import { serverNow } from "@/api/server-clock";
import { CopyButton } from "@/components/copy-button";
import { Icon } from "@/components/icon";
import { curlOf } from "./curl";

/** Where else a job can be looked at or submitted: as far as the operator of the API has said where. */
export function JobLinks({ job }: { job: Job }) {
  const session = useSession();
  const { trace, grafana } = session?.links ?? {};
  const copied = "Copy as curl: a command that submits this job once more";
  return (
    <div className="flex flex-wrap items-center gap-1 border-b border-line px-3 py-2">
      <CopyButton text={curlOf(job, session?.access === "required")} label={copied} shown="Copy as curl" />
      {trace && job.traceId !== null && <Out href={trace.replaceAll("{traceId}", job.traceId)}>Trace</Out>}
      {grafana && <Out href={grafanaOf(grafana, job)}>Grafana</Out>}
    </div>
  );
}

const AROUND = 5 * 60_000;

/** The time of the job and some minutes around it. */
function grafanaOf(address: string, { createdAt, completedAt }: Job): string {
  const url = new URL(address);
  url.searchParams.set("from", String(createdAt - AROUND));
  url.searchParams.set("to", String((completedAt ?? serverNow()) + AROUND));
  return url.href;
}

function Out({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex h-7 items-center gap-2 rounded-control px-2 text-xs font-medium text-ink-muted hover:bg-sunken hover:text-ink"
    >
      <Icon name="out" />
      {children}
      <span className="sr-only">(opens another page)</span>
    </a>
  );
}
