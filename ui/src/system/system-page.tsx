import { useReachable } from "@/api/reachability";
import { type SystemState, systemUrl } from "@/api/system";
import { Icon } from "@/components/icon";
import { Page } from "@/components/page";
import { StaleNotice } from "@/components/stale-notice";
import { useSystem } from "./use-system";

const INTERVAL = 5_000;

/** Whether all parts work, and by which settings. */
export function SystemPage() {
  const { data, error } = useSystem(INTERVAL);
  const reachable = useReachable();
  return (
    <Page
      title="Health"
      description="The instance of the API that answers, what it depends on, and its settings in force. Secrets are not shown."
      tools={
        <a
          href={systemUrl()}
          download="system.json"
          className="inline-flex items-center gap-2 rounded-control px-2 py-1 underline underline-offset-2"
        >
          <Icon name="download" />
          Download
        </a>
      }
    >
      {error && reachable && <StaleNotice what="The state" error={error} className="mb-2" />}
      {data && <State of={data} />}
    </Page>
  );
}

function State({ of: { version, java, instance, checks, settings } }: { of: SystemState }) {
  return (
    <>
      <p className="mb-3 text-xs break-words text-ink-muted">
        Version {version} on Java {java}, instance {instance}
      </p>
      <ul aria-label="Checks" className="divide-y divide-line rounded-panel border border-line bg-surface">
        {checks.map(({ name, ok, detail }) => (
          <li key={name} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
            <span className="w-24 font-medium first-letter:uppercase">{name}</span>
            <span
              className={`flex w-24 items-center gap-1.5 text-xs ${ok ? "text-completed" : "font-medium text-failed"}`}
            >
              <Icon name={ok ? "check" : "alert"} />
              {ok ? "Works" : "Needs you"}
            </span>
            <span className="min-w-0 flex-1 basis-48 break-words text-ink-muted tabular-nums">{detail}</span>
          </li>
        ))}
      </ul>
      <h3 className="mt-6 mb-2 font-semibold">Settings in force</h3>
      <dl className="grid rounded-panel border border-line bg-surface px-4 py-2 font-mono text-xs md:grid-cols-2 md:gap-x-8">
        {Object.entries(settings).map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 border-b border-line/60 py-1">
            <dt className="min-w-0 break-all text-ink-muted">{name}</dt>
            <dd className="min-w-0 text-right break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
