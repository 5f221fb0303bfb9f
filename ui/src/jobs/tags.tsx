import { ConditionLink } from "./filters/condition-link";

const SHOWN = 3;

/** A word of a job that leads to the jobs with the same. */
export const MARK =
  "max-w-40 shrink-0 truncate rounded-control bg-sunken px-1.5 text-xs text-ink-muted hover:text-ink hover:underline";

/** The tags of a job, the first of them where there is little room. */
export function Tags({
  tags,
  all = false,
  className = "",
}: {
  tags: readonly string[];
  all?: boolean;
  className?: string;
}) {
  const shown = all ? tags : tags.slice(0, SHOWN);
  return (
    <>
      {shown.map((tag) => (
        <ConditionLink key={tag} condition={["tag", tag]} className={`${MARK} ${className}`}>
          <bdi>{tag}</bdi>
        </ConditionLink>
      ))}
      {shown.length < tags.length && (
        <span className="shrink-0 text-xs text-ink-muted">+{tags.length - shown.length}</span>
      )}
    </>
  );
}
