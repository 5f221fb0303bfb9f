import { type ComponentType, lazy } from "react";
import type { Role } from "@/api/session";
import type { View } from "@/jobs/url-state";
import { JobsPage } from "./jobs-page";

type Page = {
  view: View;
  label: string;
  /** What opens it after g. */
  key: string;
  /** Who sees it; others get the jobs. */
  role?: Role;
  Content: ComponentType;
};

const QueuesPage = lazy(() => import("@/jobs/queues/queues-page").then((module) => ({ default: module.QueuesPage })));

const WorkersPage = lazy(() => import("@/workers/workers-page").then((module) => ({ default: module.WorkersPage })));

const FailuresPage = lazy(() =>
  import("@/jobs/failures/failures-page").then((module) => ({ default: module.FailuresPage })),
);

const DeadLettersPage = lazy(() =>
  import("@/dead-letters/dead-letters-page").then((module) => ({ default: module.DeadLettersPage })),
);

const SystemPage = lazy(() => import("@/system/system-page").then((module) => ({ default: module.SystemPage })));

/** The pages in the order of the navigation. All but the jobs are loaded when they are opened. */
export const PAGES: readonly [Page, ...Page[]] = [
  { view: "jobs", label: "Jobs", key: "j", Content: JobsPage },
  { view: "queues", label: "Queues", key: "q", Content: QueuesPage },
  { view: "workers", label: "Workers", key: "w", role: "viewer", Content: WorkersPage },
  { view: "failures", label: "Failures", key: "f", role: "viewer", Content: FailuresPage },
  { view: "dead-letters", label: "Dead letters", key: "d", role: "operator", Content: DeadLettersPage },
  { view: "health", label: "Health", key: "h", role: "operator", Content: SystemPage },
];
