import type { JobRequest } from "@/api/create-job";
import { DEFAULT_QUEUE } from "@/api/job";
import { ApiProblem, messageOf, Unreachable } from "@/api/problem";
import { randomHex } from "@/api/random-hex";
import { serverNow } from "@/api/server-clock";
import { instantOf } from "@/components/local-time";
import { formatCount } from "@/components/time-format";
import type { DraftOptions, RetryDraft } from "./draft";
import { metadataOf, objectionToMetadata, objectionToTags, tagsOf } from "./labels";

export const LONGEST_PROMPT = 5_000;
export const LONGEST_TIMEOUT = 86_400;
export const MOST_TRIES = 20;
const LONGEST_URL = 2_048;
const LONGEST_DELAY = 86_400;
const LARGEST_BATCH = 1_000;
/* The API takes what is up to a minute ago as now: clocks differ. */
const TOLERANCE = 60_000;
const FARTHEST = 365 * 24 * 60 * 60 * 1_000;

export type FormMode = "single" | "lines";
/** What every job of a submission is given beside its prompt. */
export type JobOptions = Omit<JobRequest, "prompt">;

type RetryRequest = NonNullable<JobRequest["retry"]>;
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

/** The policy that was typed; null for none. */
export function retryOf({ tries, retryDelay, longestDelay, fixedDelay }: RetryDraft): RetryRequest | null {
  const maxAttempts = numberOf(tries, 1, MOST_TRIES);
  if (maxAttempts === null) return null;
  const delaySeconds = numberOf(retryDelay, 0, LONGEST_DELAY);
  const maxDelaySeconds = fixedDelay ? null : numberOf(longestDelay, 0, LONGEST_DELAY);
  return {
    maxAttempts,
    ...(delaySeconds !== null && { delaySeconds }),
    ...(maxDelaySeconds !== null && { maxDelaySeconds }),
    ...(fixedDelay && { backoff: "fixed" }),
  };
}

/** Why a policy cannot be sent, or null. */
export function objectionToRetry({ tries, retryDelay, longestDelay, fixedDelay }: RetryDraft): string | null {
  if (Number.isNaN(numberOf(tries, 1, MOST_TRIES))) return `The tries must be a whole number, from 1 to ${MOST_TRIES}.`;
  const [delay, longest] = [retryDelay, fixedDelay ? "" : longestDelay].map((text) => numberOf(text, 0, LONGEST_DELAY));
  if (Number.isNaN(delay) || Number.isNaN(longest))
    return `The delay must be a whole number of seconds, from 0 to ${formatCount(LONGEST_DELAY)}.`;
  if (delay !== null && longest !== null && Number(longest) < Number(delay))
    return "The longest delay must not be less than the first.";
  const delayed = delay !== null || longest !== null || fixedDelay;
  return delayed && tries.trim() === "" ? "Say how many tries, too." : null;
}

/** Why a timeout cannot be sent, or null. */
export const objectionToTimeout = (text: string) =>
  Number.isNaN(timeoutOf(text))
    ? `The timeout must be a whole number of seconds, from 1 to ${formatCount(LONGEST_TIMEOUT)}.`
    : null;

/** Why a schedule cannot be sent, or null; the server has the last word, by its clock. */
export function objectionToSchedule({ runAt, expiresAt }: Pick<DraftOptions, "runAt" | "expiresAt">): string | null {
  const [start, end] = [instantOf(runAt), instantOf(expiresAt)];
  if (start !== null && Date.parse(start) < serverNow() - TOLERANCE) return "The start must not be in the past.";
  if (start !== null && Date.parse(start) > serverNow() + FARTHEST) return "The start must be at most 365 days ahead.";
  if (end !== null && Date.parse(end) <= serverNow()) return "The expiry must be in the future.";
  return start !== null && end !== null && end <= start ? "The expiry must be after the start." : null;
}

/** Why a webhook's URL cannot be sent, or null; the server has the last word: it knows which addresses it calls. */
export function objectionToWebhook(text: string): string | null {
  const url = text.trim();
  if (url === "") return null;
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return "The webhook must be a URL of http or https.";
  return url.length > LONGEST_URL ? `The webhook must have at most ${formatCount(LONGEST_URL)} characters.` : null;
}

/** Why the options cannot be sent, or null. */
export const objectionToOptions = (options: DraftOptions): string | null =>
  objectionToTags(options.tags) ??
  objectionToMetadata(options.metadata) ??
  objectionToTimeout(options.timeout) ??
  objectionToSchedule(options) ??
  objectionToRetry(options) ??
  objectionToWebhook(options.webhookUrl);

/** The options that are set. */
export function optionsOf({ timeout, runAt, expiresAt, queue, urgent, ...typed }: DraftOptions): JobOptions {
  const [tags, metadata] = [tagsOf(typed.tags), metadataOf(typed.metadata)];
  const [timeoutSeconds, start, end] = [timeoutOf(timeout), instantOf(runAt), instantOf(expiresAt)];
  const [retry, url] = [retryOf(typed), typed.webhookUrl.trim()];
  return {
    ...(timeoutSeconds !== null && { timeoutSeconds }),
    ...(start !== null && { runAt: start }),
    ...(end !== null && { expiresAt: end }),
    ...(queue !== DEFAULT_QUEUE && { queue }),
    ...(urgent && { priority: "high" }),
    ...(tags.length > 0 && { tags }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(retry !== null && { retry }),
    ...(url !== "" && { webhook: { url } }),
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

/** The sentences to show beside the prompt after the server refused or could not be reached. */
export function errorsOf(error: unknown): string[] {
  if (error === null) return [];
  if (error instanceof Unreachable)
    return ["The backend could not be reached. Your text is kept; sending it again never makes a job twice."];
  if (isWithoutSecret(error)) return [];
  if (error instanceof ApiProblem && error.fieldErrors.length > 0)
    return error.fieldErrors
      .filter(({ field }) => optionOf(field) === null)
      .map(({ field, message }) => `${labelOf(field)} ${message}`);
  return [messageOf(error)];
}

const OPTIONS = {
  queue: "queue",
  priority: "priority",
  tags: "tags",
  metadata: "metadata",
  timeoutSeconds: "timeout",
  runAt: "start",
  expiresAt: "expiry",
  retry: "retry policy",
  webhook: "webhook",
} as const;

/** Why the server refused an option, by the option's name. */
export type Refusals = { [option in keyof typeof OPTIONS]?: string };

/** What to show beside the options: all jobs of a submission have the same. */
export function refusalsOf(error: unknown): Refusals {
  if (isWithoutSecret(error))
    return { webhook: "Create a signing secret first: its receiver verifies deliveries by it." };
  const errors = error instanceof ApiProblem ? error.fieldErrors : [];
  return Object.fromEntries(
    errors.flatMap(({ field, message }) => {
      const option = optionOf(field);
      return option ? [[option, `The ${OPTIONS[option]} ${message}.`]] : [];
    }),
  );
}

/** Nothing that the webhook receives could be signed. */
const isWithoutSecret = (error: unknown) =>
  error instanceof ApiProblem && error.type === "urn:job-processor:no-signing-secret";

const PATH = /^(?:\[(\d+)\]\.?)?(\w*)/;

function optionOf(field: string): keyof Refusals | null {
  const [, , name = ""] = PATH.exec(field) ?? [];
  return Object.hasOwn(OPTIONS, name) ? (name as keyof Refusals) : null;
}

function labelOf(field: string): string {
  const [, index] = PATH.exec(field) ?? [];
  return index === undefined ? "The prompt" : `Job ${Number(index) + 1}`;
}

/** A key that no other submission has. */
export function newKey(): string {
  return randomHex(16);
}
