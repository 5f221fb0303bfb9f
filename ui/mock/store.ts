import { randomUUID } from "node:crypto";
import type { components } from "../src/api/schema";

type Schemas = components["schemas"];
export type StoredJob = Schemas["Job"] & { history: Schemas["JobEvent"][] };
type Outcome = Partial<Pick<StoredJob, "result" | "resultMalformed" | "error">> & Pick<StoredJob, "status">;

const WORKERS = ["worker-1", "worker-2", "worker-3"];
const now = () => new Date().toISOString();

/** Jobs in memory, worked on by timers: what the real cluster does, as far as the dashboard can tell. */
export class MockStore {
  readonly jobs: StoredJob[] = [];
  readonly queues: Schemas["Queue"][] = ["default", "llm"].map((name) => ({ name, paused: false }));
  readonly secrets: Schemas["WebhookSecret"][] = [];
  readonly idempotent = new Map<string, StoredJob[]>();
  version = 0;
  workSeconds = 5;
  #sequence = 0;
  #changed = new Set<StoredJob>();
  #deleted: string[] = [];

  create(prompt: string, at = now()): StoredJob {
    const id =
      (Date.parse(at) * 4096 + (this.#sequence++ % 4096)).toString(16).padStart(14, "0") + randomUUID().slice(0, 10);
    const job: StoredJob = {
      id: id.replace("-", "0"),
      prompt: prompt.trim(),
      status: "PENDING",
      attempt: 1,
      version: 1,
      createdAt: at,
      updatedAt: at,
      traceId: randomUUID().replaceAll("-", ""),
      history: [{ type: "CREATED", at, attempt: 1 }],
    };
    this.jobs.unshift(job);
    this.#touch(job);
    return job;
  }

  submit({ prompt, ...options }: Schemas["JobRequest"]): StoredJob {
    const job = this.create(prompt);
    Object.assign(job, options);
    this.#dispatch(job, job.attempt);
    return job;
  }

  find(id: string) {
    return this.jobs.find((job) => job.id === id);
  }

  retry(job: StoredJob) {
    for (const key of ["result", "error", "startedAt", "completedAt", "worker"] as const) delete job[key];
    Object.assign(job, { status: "PENDING", attempt: job.attempt + 1 });
    this.record(job, "RETRIED");
    this.#dispatch(job, job.attempt);
  }

  end(job: StoredJob, outcome: Outcome) {
    Object.assign(job, outcome, { completedAt: now() });
    this.record(job, outcome.status as "COMPLETED", outcome.error);
  }

  start(job: StoredJob) {
    Object.assign(job, { startedAt: now(), worker: WORKERS[Math.floor(Math.random() * WORKERS.length)] });
    this.record(job, "STARTED", job.worker);
  }

  record(job: StoredJob, type: Schemas["JobEvent"]["type"], detail?: string) {
    job.history.push({ type, at: now(), attempt: job.attempt, ...(detail && { detail }) });
    job.updatedAt = now();
    job.version++;
    this.#touch(job);
  }

  delete(job: StoredJob) {
    this.jobs.splice(this.jobs.indexOf(job), 1);
    this.#deleted.push(job.id);
    this.version++;
  }

  takeChanges(): { jobs: StoredJob[]; deleted: string[] } {
    const changes = { jobs: [...this.#changed], deleted: this.#deleted };
    this.#changed = new Set();
    this.#deleted = [];
    return changes;
  }

  #touch(job: StoredJob) {
    this.version++;
    this.#changed.add(job);
  }

  #dispatch(job: StoredJob, attempt: number) {
    const alive = () => job.status === "PENDING" && job.attempt === attempt;
    setTimeout(() => alive() && this.record(job, "PUBLISHED"), 40);
    setTimeout(() => alive() && this.start(job), this.workSeconds * 200);
    setTimeout(() => alive() && this.end(job, outcomeOf(job)), this.workSeconds * 1200);
  }
}

export function outcomeOf(job: StoredJob): Outcome {
  if (/\bfail/i.test(job.prompt) && job.attempt === 1)
    return { status: "FAILED", error: "The workflow answered 502: upstream model overloaded, gave up after 3 tries" };
  if (/hallucinat/i.test(job.prompt))
    return {
      status: "COMPLETED",
      result: `Sure! Here is the JSON you asked for:\n\n{ "answer": 42, // the answer\n}`,
      resultMalformed: true,
    };
  return { status: "COMPLETED", result: JSON.stringify(resultOf(job)) };
}

function resultOf(job: StoredJob) {
  return {
    success: true,
    message: `Processed job: ${job.id}`,
    timestamp: job.updatedAt,
    ...(/classify|extract|summar/i.test(job.prompt) && {
      answer: {
        category: "billing",
        confidence: 0.94,
        tags: ["refund", "duplicate charge", "urgent"],
        language: "en",
        customer: { id: 48213, plan: "team", since: "2023-04-11", churned: false, note: null },
      },
      usage: { model: "gpt-5-mini", promptTokens: 412, completionTokens: 88 },
    }),
  };
}
