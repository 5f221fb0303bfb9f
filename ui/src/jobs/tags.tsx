const SHOWN = 3;

/** The tags of a job, the first of them where there is little room. */
export function Tags({ tags, all = false }: { tags: readonly string[]; all?: boolean }) {
  const shown = all ? tags : tags.slice(0, SHOWN);
  return (
    <>
      {shown.map((tag) => (
        <span key={tag} className="max-w-40 shrink-0 truncate rounded-control bg-sunken px-1.5 text-xs text-ink-muted">
          <bdi>{tag}</bdi>
        </span>
      ))}
      {shown.length < tags.length && <span className="text-xs text-ink-muted">+{tags.length - shown.length}</span>}
    </>
  );
}
