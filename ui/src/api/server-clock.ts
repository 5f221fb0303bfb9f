const NOTICEABLE = 2_000;

let skew = 0;

/** Learns how far this machine's clock is off, from an answer's Date header (which has whole seconds). */
export function learnServerTime(date: string | null) {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server)) return;
  const difference = server + 500 - Date.now();
  skew = Math.abs(difference) > NOTICEABLE ? difference : 0;
}

/** Now by the server's clock, in epoch milliseconds: what a job's times compare with. */
export const serverNow = () => Date.now() + skew;
