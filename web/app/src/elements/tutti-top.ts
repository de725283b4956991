/**
 * The top of a page: the name, and two switches, language and theme.
 *
 * Properties: `home` (the name is a link to the lobby), `bare` (no name: the page shows it large).
 */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { setTheme, theme, themeChanged } from '../page/theme.js';
import { speak } from '../words/index.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-logo.js';

@customElement('tutti-top')
export class TuttiTop extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--s1);
        padding: var(--s1) max(var(--s2), env(safe-area-inset-right)) var(--s1)
          max(var(--s3), env(safe-area-inset-left));
      }

      .name {
        display: inline-flex;
        align-items: center;
        gap: 10px;
        min-height: var(--target);
        color: var(--text);
        font-size: 1.375rem;
        font-weight: var(--weight-strong);
        letter-spacing: 0.005em;
        text-decoration: none;
      }

      nav {
        display: flex;
      }

      button {
        padding-inline: 12px;
        color: var(--soft);
        font-weight: 500;
      }

      button[aria-pressed='true'] {
        background: transparent;
        color: var(--soft);
      }

      @media (max-width: 420px) {
        header {
          padding-inline: var(--s2) var(--s1);
        }
      }
    `,
  ];

  @property({ type: Boolean }) home = false;
  @property({ type: Boolean }) bare = false;

  readonly #again = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    themeChanged.addEventListener('change', this.#again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themeChanged.removeEventListener('change', this.#again);
  }

  override render() {
    const light = theme() === 'light';
    const { other } = this.w;
    return html`
      <header>
        ${
          this.home
            ? html`<a class="name" href="/"><tutti-logo></tutti-logo>Tutti</a>`
            : this.bare
              ? html`<span></span>`
              : html`<span class="name"><tutti-logo></tutti-logo>Tutti</span>`
        }
        <nav>
          <button class="quiet" type="button" lang=${other.code} @click=${() => speak(other.code)}>
            ${other.name}
          </button>
          <button
            class="quiet"
            type="button"
            aria-label=${this.w.lightTheme}
            aria-pressed=${light}
            @click=${() => setTheme(light ? 'dark' : 'light')}
          >
            <tutti-icon name=${light ? 'moon' : 'sun'}></tutti-icon>
          </button>
        </nav>
      </header>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-top': TuttiTop;
  }
}
