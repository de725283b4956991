/**
 * The JSON to take along: downloaded, copied, posted to the page's own server, or read here.
 *
 * Properties: `result`, `post` (a path, or null). Method: `send()`, posts it.
 */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BenchResult } from 'tutti/bench';
import { number } from '../logic/units.js';
import { download } from '../page/download.js';
import { postJson } from '../page/post-json.js';
import { TuttiElement } from './base.js';

type Told =
  | { kind: 'copied' | 'copyFailed' }
  | { kind: 'posting' | 'posted' | 'postFailed'; path: string }
  | { kind: 'postRefused'; path: string; status: number };

@customElement('tutti-bench-export')
export class TuttiBenchExport extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--s1);
        min-width: 0;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s1);
      }

      .bad {
        color: var(--bad);
        font-weight: 600;
      }

      summary {
        width: fit-content;
        padding: 12px 0;
        color: var(--brass);
        font-size: 0.875rem;
        cursor: pointer;
      }

      pre {
        max-height: 24rem;
        margin: 0;
        padding: var(--s2);
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        font-size: 0.75rem;
        line-height: 1.35;
      }
    `,
  ];

  @property({ attribute: false }) result!: BenchResult;
  @property() post: string | null = null;

  @state() private told: Told | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What was said of another result.
    if (changed.has('result')) this.told = null;
  }

  async send(): Promise<void> {
    const path = this.post;
    if (path === null) return;
    this.told = { kind: 'posting', path };
    try {
      const status = await postJson(path, this.result);
      const taken = status >= 200 && status < 300;
      this.told = taken ? { kind: 'posted', path } : { kind: 'postRefused', path, status };
    } catch {
      this.told = { kind: 'postFailed', path };
    }
  }

  get #text(): string {
    return `${JSON.stringify(this.result, null, 2)}\n`;
  }

  #download(): void {
    download(`tutti-bench-${this.result.began.replaceAll(':', '-')}.json`, this.#text);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#text);
      this.told = { kind: 'copied' };
    } catch {
      this.told = { kind: 'copyFailed' };
    }
  }

  #sentence(told: Told): string {
    const { bench: w, language } = this.w;
    switch (told.kind) {
      case 'copied':
      case 'copyFailed':
        return w[told.kind];
      case 'posting':
      case 'posted':
      case 'postFailed':
        return w[told.kind](told.path);
      case 'postRefused':
        return w.postRefused(told.path, number(told.status, language));
    }
  }

  override render() {
    const { bench: w } = this.w;
    const { told, post } = this;
    const bad = told !== null && /Failed|Refused/.test(told.kind);
    return html`
      <div class="buttons">
        <button type="button" @click=${this.#download}>${w.download}</button>
        <button type="button" @click=${this.#copy}>${w.copy}</button>
        ${
          post === null
            ? nothing
            : html`<button
                type="button"
                ?disabled=${told?.kind === 'posting'}
                @click=${() => this.send()}
              >
                ${w.post(post)}
              </button>`
        }
      </div>
      <p class=${bad ? 'bad' : ''} role="status">
        ${told === null ? nothing : this.#sentence(told)}
      </p>
      <details>
        <summary>${w.json}</summary>
        <pre tabindex="0" role="region" aria-label=${w.json}>${this.#text}</pre>
      </details>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-export': TuttiBenchExport;
  }
}
