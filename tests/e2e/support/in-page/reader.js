/**
 * What a person with a keyboard or a screen reader meets in a page, shadow roots included, as
 * `window.reader`.
 */
(() => {
  /** Every element under `root`, in the order in which it is shown. */
  function* shown(root) {
    for (const element of root.children) {
      yield element;
      if (element.shadowRoot) yield* shown(element.shadowRoot);
      else if (element.localName === 'slot') yield* slotted(element);
      else yield* shown(element);
    }
  }

  function* slotted(slot) {
    // What is handed on from one slot to another is shown in the last.
    const assigned = slot.assignedElements({ flatten: true });
    if (assigned.length === 0) yield* shown(slot);
    for (const element of assigned) {
      yield element;
      yield* shown(element.shadowRoot ?? element);
    }
  }

  const parentOf = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;

  function isWithin(element, ancestor) {
    for (let at = element; at; at = parentOf(at)) if (at === ancestor) return true;
    return false;
  }

  const all = () => [...shown(document.body)];

  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';

  /** Where Tab stops, first to last. */
  function stops() {
    const elements = all();
    const modal = elements.find((element) => element.matches('dialog:modal'));
    return elements.filter(
      (element) =>
        element.matches(FOCUSABLE) &&
        element.tabIndex >= 0 &&
        !element.disabled &&
        element.checkVisibility({ visibilityProperty: true }) &&
        (!modal || isWithin(element, modal)) &&
        !(element.type === 'radio' && !element.checked),
    );
  }

  function focused() {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  }

  function nameOf(element) {
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent;
    return `${element.localName} “${(label ?? element.textContent).trim().replace(/\s+/g, ' ')}”`;
  }

  /** What has the focus: its place among the stops, or -1, and what is wrong with it. */
  function focus() {
    const element = focused();
    const stop = stops().indexOf(element);
    if (stop < 0) {
      // The page itself, or something that scrolls, may have the focus; a control may not.
      const isStray = element?.matches(FOCUSABLE) && element.tabIndex >= 0;
      return { stop, name: element ? nameOf(element) : '', wrong: isStray ? ['no stop'] : [] };
    }
    const wrong = [];
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) wrong.push('no outline');
    const { x, y, width, height } = element.getBoundingClientRect();
    const [left, right] = [Math.max(x, 0), Math.min(x + width, innerWidth)];
    const [top, bottom] = [Math.max(y, 0), Math.min(y + height, innerHeight)];
    let over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    while (over?.shadowRoot) {
      const inner = over.shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (!inner || inner === over) break;
      over = inner;
    }
    const isSeen = over && (isWithin(over, element) || isWithin(element, over));
    if (right <= left || bottom <= top || !isSeen) wrong.push('out of sight');
    return { stop, name: nameOf(element), wrong };
  }

  /** Controls that a finger may miss: smaller than `least` CSS pixels. Links in a text may be. */
  function small(least) {
    return stops()
      .filter((element) => {
        if (getComputedStyle(element).display === 'inline') return false;
        const box = element.matches('[type=checkbox], [type=radio]')
          ? (element.labels[0] ?? element)
          : element;
        const { width, height } = box.getBoundingClientRect();
        return width < least || height < least;
      })
      .map(nameOf);
  }

  /** What scrolls sideways, and is not a table that says so by taking the focus. */
  function sideways() {
    const page = document.scrollingElement;
    return [page, ...all()]
      .filter((element) => {
        if (element.scrollWidth <= element.clientWidth + 1 || element.tabIndex >= 0) return false;
        return element === page || /auto|scroll/.test(getComputedStyle(element).overflowX);
      })
      .map((element) => `${element.localName}.${element.className}`);
  }

  const LIVE = '[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]';

  /** Begins to listen as a screen reader does; `said()` is all that it would have said. */
  function listen() {
    const said = [];
    const observer = new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === 'childList' && addedNodes.length === 0) continue;
        for (let at = target; at; at = parentOf(at)) {
          if (!(at instanceof Element) || !at.matches(LIVE)) continue;
          const text = at.textContent.trim();
          if (text !== '') said.push(text);
        }
      }
    });
    const options = { subtree: true, childList: true, characterData: true };
    observer.observe(document.body, options);
    for (const { shadowRoot } of all()) if (shadowRoot) observer.observe(shadowRoot, options);
    return {
      said() {
        observer.disconnect();
        return said;
      },
    };
  }

  window.reader = { stops: () => stops().map(nameOf), focus, small, sideways, listen };
})();
