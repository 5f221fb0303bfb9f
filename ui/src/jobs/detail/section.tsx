import type { ReactNode } from "react";

type Props = { title: string; badge?: ReactNode; tools?: ReactNode; children: ReactNode };

export function Section({ title, badge, tools, children }: Props) {
  return (
    <section className="border-b border-line px-5 py-4">
      <div className="mb-2 flex h-7 items-center gap-2">
        <h3 className="text-xs font-semibold text-ink-muted">{title}</h3>
        {badge}
        <div className="ml-auto flex items-center gap-1">{tools}</div>
      </div>
      {children}
    </section>
  );
}
