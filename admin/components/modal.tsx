import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useFocusGiver, useKeyboard } from "./use-app.ts";

export interface ModalProps {
  label: string;
  children: ComponentChildren;
  class?: string;
  /** Esc and a click beside it; absent: it stays until it is answered. */
  close?: () => void;
}

/** On top of everything, holds the focus and gives it back to where it was. */
export function Modal({ label, children, class: className = "", close }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const keyboard = useKeyboard();
  const focus = useFocusGiver();
  const current = useRef(close);
  current.current = close;
  // Before the next key: what is typed right after Ctrl K belongs here.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    const popLayer = keyboard.push({ modal: true, handle: () => false });
    return () => {
      popLayer();
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) focus.give(before);
    };
  }, [keyboard, focus]);
  return (
    <dialog
      ref={dialog}
      class={`modal ${className}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        current.current?.();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) current.current?.();
      }}
    >
      <div class="modal-sheet">{children}</div>
    </dialog>
  );
}
