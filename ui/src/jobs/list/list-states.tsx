import type { ReactNode } from "react";
import { messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { Icon, type IconName } from "@/components/icon";

export function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading jobs">
      {Array.from({ length: 10 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <div key={index} className="flex h-(--row) items-center gap-4 border-b border-line px-4 lg:px-6">
          <span className="ml-6 size-4 rounded-full bg-line" />
          <span className="h-3 animate-breathe rounded bg-line" style={{ width: `${30 + ((index * 37) % 45)}%` }} />
        </div>
      ))}
    </div>
  );
}

function Notice({ icon, title, children }: { icon?: IconName; title: string; children: ReactNode }) {
  return (
    <div className="flex min-h-72 flex-col items-center justify-center gap-2 px-6 py-16 text-center">
      {icon && <Icon name={icon} className="size-6 text-failed" />}
      <h3 className="text-base font-semibold">{title}</h3>
      <div className="max-w-md text-ink-muted">{children}</div>
    </div>
  );
}

export function NoJobs() {
  return (
    <Notice title="No jobs yet">
      <svg aria-hidden="true" viewBox="0 0 200 40" className="mx-auto my-3 w-48 text-line-strong">
        <path d="M0 20H200" stroke="var(--line)" strokeWidth="1.5" />
        <circle
          cx="40"
          cy="20"
          r="7"
          fill="var(--paper)"
          stroke="currentColor"
          strokeWidth="2"
          strokeDasharray="2.6 2.8"
        />
        <circle cx="100" cy="20" r="7" fill="var(--paper)" stroke="var(--line)" strokeWidth="2" />
        <path d="M100 13A7 7 0 0 1 107 20" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        <circle cx="160" cy="20" r="7" fill="currentColor" />
      </svg>
      Write a prompt and submit it: it shows here at once, and you can watch it run.
      <span className="pointer-coarse:hidden">
        {" "}
        Press <kbd className="font-mono">n</kbd> to start.
      </span>
    </Notice>
  );
}

export function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <Notice title="No jobs match">
      <p className="mb-4">New matches appear automatically.</p>
      <Button onClick={onClear}>Show all jobs</Button>
    </Notice>
  );
}

/** The API says which filters no index serves together, or what is wrong with one. */
export function FilterRefused({ error, onClear }: { error: unknown; onClear: () => void }) {
  return (
    <Notice icon="alert" title="The API does not serve this filter">
      <p className="mb-4 break-words">{messageOf(error)}</p>
      <Button onClick={onClear}>Show all jobs</Button>
    </Notice>
  );
}

export function ListFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Notice icon="alert" title="The jobs could not be loaded">
      <p className="mb-4">{messageOf(error)}</p>
      <Button onClick={onRetry}>Try again</Button>
    </Notice>
  );
}

export function ListUnreachable() {
  return (
    <Notice icon="alert" title="Nothing to show yet">
      The backend is unreachable. Retrying every 2 s.
    </Notice>
  );
}
