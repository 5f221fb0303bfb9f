const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY = UNITS.d;

/** The epoch milliseconds of a time as people type it; NaN for none. A time of the day is the last one that was. */
export function timeOf(text: string, now: number): number {
  const ago = /^(\d{1,4})([mhd])$/.exec(text);
  if (ago) return now - Number(ago[1]) * UNITS[ago[2] as keyof typeof UNITS];
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock)
    return lastTimeOfDay(
      clock.slice(1).map((part) => Number(part ?? 0)),
      now,
    );
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(`${text}T00:00`); // of the browser's zone
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
}

function lastTimeOfDay([hours = 0, minutes = 0, seconds = 0]: readonly number[], now: number): number {
  if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
  const today = new Date(now).setHours(hours, minutes, seconds, 0);
  return today > now ? new Date(today).setDate(new Date(today).getDate() - 1) : today;
}

/** The ends of "14:00–14:20", the last one that began; null for what is no such range. */
export function rangeOf(text: string, now: number): readonly [number, number] | null {
  const ends = /^(\d{1,2}:\d{2})[–-](\d{1,2}:\d{2})$/.exec(text);
  if (!ends) return null;
  const start = timeOf(ends[1] ?? "", now);
  const end = timeOf(ends[2] ?? "", now);
  return [start, end < start ? end + DAY : end];
}
