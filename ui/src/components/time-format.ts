const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/* The page is in English: its dates and digits are, too, whatever the browser prefers. */
const LOCALE = "en-US-u-nu-latn";
const DATE = { year: "numeric", month: "short", day: "numeric" } as const;
const TIME = { hour: "numeric", minute: "2-digit", second: "2-digit" } as const;

const exact = new Intl.DateTimeFormat(LOCALE, { ...DATE, ...TIME, timeZoneName: "short" });
const utc = new Intl.DateTimeFormat(LOCALE, {
  ...DATE,
  ...TIME,
  fractionalSecondDigits: 3,
  timeZone: "UTC",
  timeZoneName: "short",
});
const clock = new Intl.DateTimeFormat(LOCALE, { ...TIME, fractionalSecondDigits: 3 });
const time = new Intl.DateTimeFormat(LOCALE, TIME);
const dayAndTime = new Intl.DateTimeFormat(LOCALE, { ...TIME, month: "short", day: "numeric" });
const minuteOfDay = new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" });
const magnitude = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumFractionDigits: 1 });
const count = new Intl.NumberFormat(LOCALE);

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

/** A span of whole seconds, exactly: "45 s", "1 min 30 s", "24 h". */
export function formatSpan(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  return parts.flatMap(([value, unit]) => (value > 0 ? [`${value} ${unit}`] : [])).join(" ");
}

/** "Nov 27, 2026, 11:58:04 PM GMT+1" */
export const formatExact = (time: number) => plain(exact.format(time));

/** "Nov 27, 2026, 10:58:04.123 PM UTC": what is shown on hover. */
export const formatUtc = (time: number) => plain(utc.format(time));

/** "11:58 PM" */
export const formatMinute = (time: number) => plain(minuteOfDay.format(time));

/** "11:58:04.123 PM" */
export const formatClock = (time: number) => plain(clock.format(time));

/** "11:58:04 PM", or "Nov 28, 1:30:00 AM" where that is not today. */
export const formatTime = (at: number) =>
  plain((new Date(at).toDateString() === new Date().toDateString() ? time : dayAndTime).format(at));

/** The zone of the times shown: "GMT+1". */
export const formatZone = (time: number) =>
  exact.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";

/* Some engines put a narrow space before AM and PM. */
const plain = (text: string) => text.replaceAll("\u202f", " ");

/** "940", "12.3K", "4.1M": where the magnitude is what counts. */
export const formatMagnitude = (value: number) => magnitude.format(value);

export const formatCount = (value: number) => count.format(value);
