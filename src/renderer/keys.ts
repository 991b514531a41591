const types = ['keydown', 'keyup', 'keypress'] as const;

/**
 * Keeps keys that are pressed in a figure from the notebook, where they would move between cells or delete one.
 * @param handle - what the figure itself does with a key that goes down
 */
export function keepKeys(figure: HTMLElement, handle?: (event: KeyboardEvent) => void): void {
  for (const type of types) {
    figure.addEventListener(type, (event) => {
      if (!isForTheFigure(event)) return;
      event.stopPropagation();
      if (type === 'keydown') handle?.(event);
    });
  }
}

/** Keys with a modifier are the editor's, and so are those that lead out of the figure. */
function isForTheFigure(event: KeyboardEvent): boolean {
  const leavesTheFigure = event.key === 'Escape' || event.key === 'Tab' || /^F\d+$/.test(event.key);
  return !(event.ctrlKey || event.metaKey || event.altKey || leavesTheFigure);
}
