const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const minuteOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** "just now", "12 s ago", "3 min ago", "5 h ago", "2 d ago"; a time to come counts as now. */
export function formatAge(milliseconds: number): string {
  return milliseconds < 5 * SECOND ? "just now" : `${formatCoarse(milliseconds)} ago`;
}

/** One unit: "12 s", "3 min", "5 h", "2 d". */
export function formatCoarse(milliseconds: number): string {
  const duration = Math.max(0, milliseconds);
  if (duration < MINUTE) return `${Math.floor(duration / SECOND)} s`;
  if (duration < HOUR) return `${Math.floor(duration / MINUTE)} min`;
  if (duration < DAY) return `${Math.floor(duration / HOUR)} h`;
  return `${Math.floor(duration / DAY)} d`;
}

/** What a stopwatch shows: "4 s", "1:05", "1:02:05". */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / SECOND));
  if (seconds < 60) return `${seconds} s`;
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/** A measured duration: "340 ms", "5.1 s", "42 s", "3:20". */
export function formatDuration(milliseconds: number): string {
  const duration = Math.max(0, milliseconds);
  if (duration < SECOND) return `${Math.round(duration)} ms`;
  return duration < 10 * SECOND ? `${(duration / SECOND).toFixed(1)} s` : formatElapsed(duration);
}

export const formatExact = (time: number) => exact.format(time);

export const formatMinute = (time: number) => minuteOfDay.format(time);

export const formatClock = (time: number) => `${clock.format(time)}.${String(time % SECOND).padStart(3, "0")}`;

export const formatCount = (count: number) => count.toLocaleString("en");
