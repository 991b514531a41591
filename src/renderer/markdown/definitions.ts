import { element } from '../dom.ts';

/** Time to move the pointer from a term onto its definition (WCAG 2.2, 1.4.13: what appears can be hovered). */
const grace = 200;
const gap = 4;

/** Shows the definition of each term below `root` while the pointer is on it or the focus is. */
export function showDefinitions(root: ShadowRoot): void {
  for (const term of root.querySelectorAll<HTMLElement>('dfn.gdnb-term:not([aria-description])')) {
    const definition = term.dataset['definition'] ?? '';
    term.setAttribute('aria-description', definition);
    attachTooltip(term, definition);
  }
}

function attachTooltip(term: HTMLElement, definition: string): void {
  let tooltip: HTMLElement | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const hide = (): void => {
    clearTimeout(leaving);
    tooltip?.remove();
    tooltip = undefined;
  };
  const stay = (): void => {
    clearTimeout(leaving);
  };
  const leave = (): void => {
    stay();
    leaving = setTimeout(hide, grace);
  };
  const show = (): void => {
    stay();
    if (tooltip) return;
    tooltip = makeTooltip(definition);
    tooltip.addEventListener('pointerenter', stay);
    tooltip.addEventListener('pointerleave', leave);
    term.after(tooltip);
    tooltip.showPopover();
    place(tooltip, term);
  };
  term.addEventListener('pointerenter', show);
  term.addEventListener('pointerleave', leave);
  term.addEventListener('focus', show);
  term.addEventListener('blur', hide);
  term.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && tooltip) {
      hide();
      event.stopPropagation();
    }
  });
}

/** In the browser's top layer, so that no cell cuts it off. Screen readers have the description of the term. */
function makeTooltip(definition: string): HTMLElement {
  return element('span', { class: 'gdnb-definition', popover: 'manual', 'aria-hidden': 'true' }, definition);
}

/** Below the term where there is room, else above it, and never out of the window. */
function place(tooltip: HTMLElement, term: HTMLElement): void {
  const at = term.getBoundingClientRect();
  const { width, height } = tooltip.getBoundingClientRect();
  const left = Math.max(gap, Math.min(at.left, innerWidth - width - gap));
  const below = at.bottom + gap;
  const top = below + height <= innerHeight ? below : Math.max(gap, at.top - height - gap);
  tooltip.style.left = `${left}px`;
  tooltip.style.top = `${top}px`;
}
