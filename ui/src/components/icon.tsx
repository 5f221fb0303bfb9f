const PATHS = {
  close: "M4 4l8 8M12 4l-8 8",
  up: "M4 10l4-4 4 4",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  left: "M10 4L6 8l4 4",
  plus: "M8 3v10M3 8h10",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.5 10.5L14 14",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  check: "M3 8.5l3.2 3.2L13 4.8",
  retry: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3.2H9.8",
  cancel: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M4.2 11.8l7.6-7.6",
  delete: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M13 3l-1.1 1.1M4.1 11.9L3 13",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
  system: "M2 3h12v8H2zM5.5 14h5M8 11v3",
  filter: "M2 4h12M4.5 8h7M7 12h2",
  oldest: "M4.5 13V3M2 5.5L4.5 3 7 5.5M9 4h2M9 8h3.5M9 12h5",
  queues: "M2.5 2.5h11v4h-11zM2.5 9.5h11v4h-11z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  resume: "M4.5 3l8 5-8 5z",
  person: "M8 2.5a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5M2.5 14c.4-2.6 2.6-4 5.5-4s5.1 1.4 5.5 4",
  key: "M5.5 7a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M8 8l5.5-5.5M11.5 4.5L14 7",
  webhook: "M8 5.5a2 2 0 1 0-1.6-3.2M8 5.5L5 11M3.5 13a2 2 0 1 1 1.5-2M12.5 13a2 2 0 1 0-3.3-1.5H5M9 4.5l2.5 4.8",
  log: "M3.5 1.5h9v13h-9zM6 5h4M6 8h4M6 11h2",
  download: "M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11",
  out: "M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3",
  alert: "M8 1.8L14.8 13.5H1.2zM8 6.5v3M8 11.3v.4",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className={`size-4 shrink-0 ${className}`}>
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
