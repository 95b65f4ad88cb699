import { type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "../../components/button.js";
import type { Message } from "../../generated/resources.js";
import styles from "./conversation.module.css";

/** So far from the end, in pixels, it still counts as the end. */
const NEAR = 48;
/** In a reversed column the end is zero, and what is above it is below zero. */
const isAtEnd = ({ scrollTop }: HTMLElement): boolean => scrollTop > -NEAR;

/** Tells whoever has scrolled up that something came in below, and leads there. */
export function NewBelow({
  scroller,
  newest,
}: {
  scroller: RefObject<HTMLElement | null>;
  newest: Message | undefined;
}) {
  const [isShown, setShown] = useState(false);
  const known = useRef(newest?.id);
  const id = newest?.id;
  const isIncoming = newest?.direction === "inbound";
  useEffect(() => {
    const isNew = id !== known.current && known.current !== undefined;
    known.current = id;
    if (isNew && isIncoming && scroller.current && !isAtEnd(scroller.current)) setShown(true);
  }, [id, isIncoming, scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !isShown) return;
    const onScroll = () => isAtEnd(element) && setShown(false);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [isShown, scroller]);
  if (!isShown) return null;
  const onClick = () => {
    scroller.current?.scrollTo({ top: 0 });
    scroller.current?.focus({ preventScroll: true });
    setShown(false);
  };
  return (
    <div className={styles.below}>
      <Button size="s" onClick={onClick}>
        New message <span className="visually-hidden">below: show it</span>
        <span aria-hidden="true">↓</span>
      </Button>
    </div>
  );
}
