import type { ComponentProps } from "react";

const LOOKS = {
  solid: "bg-ink text-ink-inverse border-ink hover:opacity-90",
  outline: "bg-surface text-ink border-line-strong/60 hover:border-ink",
  quiet: "border-transparent text-ink-muted hover:text-ink hover:bg-sunken",
  danger: "bg-failed text-ink-inverse border-failed hover:opacity-90",
} as const;

type Props = ComponentProps<"button"> & { look?: keyof typeof LOOKS; icon?: boolean };

export function Button({ look = "outline", icon = false, className = "", ...props }: Props) {
  const shape = icon ? "size-9 justify-center" : "h-9 px-3";
  return (
    <button
      type="button"
      className={`inline-flex shrink-0 items-center gap-2 whitespace-nowrap rounded-control border text-sm font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-45 ${shape} ${LOOKS[look]} ${className}`}
      {...props}
    />
  );
}
