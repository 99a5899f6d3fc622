import { type RefObject, useEffect, useState } from 'react';

/** So far outside the view something is made ready. */
const MARGIN = '600px 0px';

/**
 * Whether an element has come near the view; once it has it stays so. Where the browser cannot tell, it is near.
 * `first`: said without waiting to be told, for what stands at the top.
 */
export function useNear(element: RefObject<HTMLElement | null>, first: boolean): boolean {
  const [near, setNear] = useState(first || !('IntersectionObserver' in window));
  useEffect(() => {
    if (near || !element.current) return;
    const observer = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      {
        rootMargin: MARGIN,
      },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, near]);
  return near;
}
