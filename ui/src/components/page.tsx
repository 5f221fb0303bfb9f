import { type ReactNode, useEffect } from "react";

type Props = { title: string; description: string; tools?: ReactNode; children: ReactNode };

/** A page beside the jobs: what it is about, and its sections. */
export function Page({ title, description, tools, children }: Props) {
  useEffect(() => {
    void window.scrollTo(0, 0); // a promise in newer browsers
  }, []);
  return (
    <section aria-label={title} className="mx-auto max-w-6xl px-4 py-5 lg:px-6">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div>
          <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
          <p className="max-w-prose text-ink-muted">{description}</p>
        </div>
        {tools}
      </div>
      {children}
    </section>
  );
}
