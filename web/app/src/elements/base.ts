/** What every element of the pages shares: the controls' look, and the words in the reader's language. */
import { LitElement, type CSSResultGroup } from 'lit';
import { controls } from '../design/controls.js';
import { words, wordsChanged, type Words } from '../words/index.js';

export abstract class TuttiElement extends LitElement {
  static override styles: CSSResultGroup = controls;

  /** The words in use; the element is drawn again when they change. */
  protected get w(): Words {
    return words();
  }

  readonly #again = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    wordsChanged.addEventListener('change', this.#again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wordsChanged.removeEventListener('change', this.#again);
  }
}
