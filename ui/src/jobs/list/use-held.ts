import { type FocusEvent, type PointerEvent, type RefObject, useEffect, useState } from "react";

/** Whether the list must keep still: a pointer or the focus is in it, or it is scrolled. */
export function useHeld(top: RefObject<HTMLElement | null>) {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const scrolled = useScrolledPast(top);
  const handlers = {
    onPointerEnter: (event: PointerEvent) => setHovered(event.pointerType === "mouse"),
    onPointerLeave: () => setHovered(false),
    onFocus: () => setFocused(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => setFocused(currentTarget.contains(relatedTarget)),
  };
  return { held: hovered || focused || scrolled, handlers };
}

function useScrolledPast(top: RefObject<HTMLElement | null>): boolean {
  const [past, setPast] = useState(false);
  useEffect(() => {
    if (top.current === null) return;
    const observer = new IntersectionObserver(([entry]) =>
      setPast(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < window.innerHeight / 2),
    );
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [top]);
  return past;
}
