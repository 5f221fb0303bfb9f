import { patched, useUrlState } from "../url-state";

/** The address of the jobs that were submitted in a time, of the other filters in force. */
export function useTimeSearch() {
  const { params, filter } = useUrlState();
  return (start: number, end: number) => {
    const kept = filter.conditions.filter(([name]) => !name.startsWith("created"));
    return patched(params, {
      conditions: [
        ...kept,
        ["createdAfter", new Date(start - 1).toISOString()],
        ["createdBefore", new Date(end).toISOString()],
      ],
      range: null,
      of: null,
    }).toString();
  };
}
