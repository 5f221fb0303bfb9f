import type { JobRequest } from "@/api/create-job";
import { DEFAULT_QUEUE } from "@/api/job";
import { ApiProblem, messageOf, Unreachable } from "@/api/problem";
import { randomHex } from "@/api/random-hex";
import { serverNow } from "@/api/server-clock";
import { formatCount } from "@/components/time-format";
import type { DraftOptions, RetryDraft } from "./draft";

export const LONGEST_PROMPT = 5_000;
export const LONGEST_TIMEOUT = 86_400;
export const MOST_TRIES = 20;
const LONGEST_DELAY = 86_400;
const LARGEST_BATCH = 1_000;
const FARTHEST = 365 * 24 * 60 * 60 * 1_000;

export type FormMode = "single" | "lines";
/** What every job of a submission is given beside its prompt. */
export type JobOptions = Omit<JobRequest, "prompt">;
export type Submission = { prompts: string[]; options: JobOptions; batch: boolean };
export type KeyedSubmission = Submission & { key: string };

/** The prompts a text stands for: itself, or each of its lines that is not empty. */
export function promptsOf(text: string, mode: FormMode): string[] {
  const parts = mode === "single" ? [text] : text.split("\n");
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** The seconds a text stands for: null for an empty one, NaN for what is no whole number the server takes. */
export const timeoutOf = (text: string) => numberOf(text, 1, LONGEST_TIMEOUT);

function numberOf(text: string, least: number, most: number): number | null {
  const digits = text.trim();
  if (digits === "") return null;
  const number = /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
  return number >= least && number <= most ? number : Number.NaN;
}

/** The policy that was typed; null for none, and where no number of tries was. */
export function retryOf({ tries, retryDelay, fixedDelay }: RetryDraft): NonNullable<JobRequest["retry"]> | null {
  const maxAttempts = numberOf(tries, 1, MOST_TRIES);
  if (maxAttempts === null) return null;
  const delaySeconds = numberOf(retryDelay, 0, LONGEST_DELAY);
  return { maxAttempts, ...(delaySeconds !== null && { delaySeconds }), ...(fixedDelay && { backoff: "fixed" }) };
}

/** Why a policy cannot be sent, or null. */
export function objectionToRetry({ tries, retryDelay }: RetryDraft): string | null {
  if (Number.isNaN(numberOf(tries, 1, MOST_TRIES))) return `The tries must be a whole number, from 1 to ${MOST_TRIES}.`;
  return Number.isNaN(numberOf(retryDelay, 0, LONGEST_DELAY))
    ? `The delay must be a whole number of seconds, from 0 to ${formatCount(LONGEST_DELAY)}.`
    : null;
}

/** Why a timeout cannot be sent, or null. */
export const objectionToTimeout = (text: string) =>
  Number.isNaN(timeoutOf(text))
    ? `The timeout must be a whole number of seconds, from 1 to ${formatCount(LONGEST_TIMEOUT)}.`
    : null;

/** The instant of a local date and time, in UTC, or null for an empty one. */
export function instantOf(local: string): string | null {
  const time = Date.parse(local);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Why a schedule cannot be sent, or null; the server has the last word, by its clock. */
export function objectionToSchedule({ runAt, expiresAt }: Pick<DraftOptions, "runAt" | "expiresAt">): string | null {
  const [start, end] = [instantOf(runAt), instantOf(expiresAt)];
  if (start !== null && Date.parse(start) > serverNow() + FARTHEST) return "The start must be at most 365 days ahead.";
  if (end !== null && Date.parse(end) <= serverNow()) return "The expiry must be in the future.";
  return start !== null && end !== null && end <= start ? "The expiry must be after the start." : null;
}

/** Why the options cannot be sent, or null. */
export const objectionToOptions = (options: DraftOptions): string | null =>
  objectionToTimeout(options.timeout) ?? objectionToSchedule(options) ?? objectionToRetry(options);

/** The options that are set. */
export function optionsOf({ timeout, runAt, expiresAt, queue, urgent, ...typed }: DraftOptions): JobOptions {
  const [timeoutSeconds, start, end] = [timeoutOf(timeout), instantOf(runAt), instantOf(expiresAt)];
  const retry = retryOf(typed);
  return {
    ...(timeoutSeconds !== null && { timeoutSeconds }),
    ...(start !== null && { runAt: start }),
    ...(end !== null && { expiresAt: end }),
    ...(queue !== DEFAULT_QUEUE && { queue }),
    ...(urgent && { priority: "high" }),
    ...(retry !== null && { retry }),
  };
}

/** What was written on while its beginning was being sent. */
export const withoutSent = (text: string, sent: string) => (text.startsWith(sent) ? text.slice(sent.length) : text);

/** Why a text cannot be sent, or null. An empty one is simply not sent. */
export function objectionTo(prompts: readonly string[], mode: FormMode): string | null {
  if (prompts.length > LARGEST_BATCH) return `At most ${formatCount(LARGEST_BATCH)} jobs at once.`;
  const long = prompts.findIndex((prompt) => prompt.length > LONGEST_PROMPT);
  if (long === -1) return null;
  const excess = formatCount((prompts[long]?.length ?? 0) - LONGEST_PROMPT);
  return mode === "single" ? `${excess} characters too many.` : `Job ${long + 1} has ${excess} characters too many.`;
}

/** The sentences to show beside the field after the server refused or could not be reached. */
export function errorsOf(error: unknown): string[] {
  if (error === null) return [];
  if (error instanceof Unreachable)
    return ["The backend could not be reached. Your text is kept; sending it again never makes a job twice."];
  if (error instanceof ApiProblem && error.fieldErrors.length > 0)
    return error.fieldErrors.map(({ field, message }) => `${labelOf(field)} ${message}`);
  return [messageOf(error)];
}

const OPTION_LABELS: Record<string, string> = {
  timeoutSeconds: "timeout",
  runAt: "start",
  expiresAt: "expiry",
  queue: "queue",
  priority: "priority",
  retry: "retry policy",
};

function labelOf(field: string): string {
  const [, index, name] = /^(?:\[(\d+)\]\.?)?(\w*)/.exec(field) ?? [];
  const option = OPTION_LABELS[name ?? ""];
  if (index !== undefined) return `Job ${Number(index) + 1}${option ? `: the ${option}` : ""}`;
  return `The ${option ?? "prompt"}`;
}

/** A key that no other submission has. */
export function newKey(): string {
  return randomHex(16);
}
