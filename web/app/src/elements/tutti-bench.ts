/**
 * The page that measures this browser, for developers. No properties, no events.
 *
 * `/bench?run=loopback,quantum&seconds=30` runs at once; what was measured last is in
 * `window.tutti.bench`. All that the address may ask for is in docs/bench.md.
 */
import { css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import {
  LOADS,
  runBench,
  ways,
  type BenchPlan,
  type BenchProgress,
  type BenchResult,
} from 'tutti/bench';
import type { RoundTrip } from 'tutti/round-trip';
import { readQuery, type Wrong } from '../logic/bench-query.js';
import { number } from '../logic/units.js';
import { soundAllowed } from '../page/sound-allowed.js';
import { keepAwake } from '../page/wake-lock.js';
import { TuttiElement } from './base.js';
import './tutti-bench-acoustic.js';
import './tutti-bench-form.js';
import type { StartBench, TuttiBenchForm } from './tutti-bench-form.js';
import './tutti-bench-progress.js';
import type { TuttiBenchProgress } from './tutti-bench-progress.js';
import './tutti-bench-results.js';
import type { TuttiBenchResults } from './tutti-bench-results.js';
import './tutti-notice.js';
import './tutti-top.js';

type Phase =
  | { at: 'rest' }
  /** Asked for by the address, and waiting for sound to be allowed; `blocked`: by a click. */
  | { at: 'waiting'; blocked: boolean }
  | { at: 'running' }
  | { at: 'cancelled' }
  | { at: 'done' }
  | { at: 'failed'; message: string };

@customElement('tutti-bench')
export class TuttiBench extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-width: 0;
      }

      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s3);
        width: 100%;
        max-width: 76rem;
        margin: 0 auto;
        padding: 0 var(--s3) var(--s8);
      }

      header {
        display: grid;
        gap: var(--s1);
        max-width: 50rem;
      }

      .cards {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--s3);
      }

      section {
        display: grid;
        align-content: start;
        gap: var(--s2);
        padding: var(--s3);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
      }

      @media (max-width: 900px) {
        .cards {
          grid-template-columns: minmax(0, 1fr);
        }
      }

      @media (max-width: 520px) {
        main {
          padding-inline: var(--s2);
        }

        section {
          padding: 20px var(--s2);
        }
      }
    `,
  ];

  @state() private phase: Phase = { at: 'rest' };
  @state() private progress: BenchProgress | null = null;
  @state() private result: BenchResult | null = null;
  /** The acoustic measurement is going on. */
  @state() private listening = false;

  @query('tutti-bench-form') private form!: TuttiBenchForm | null;
  @query('tutti-bench-progress') private running!: TuttiBenchProgress | null;
  @query('tutti-bench-results') private results!: TuttiBenchResults | null;

  readonly #asked = readQuery(location.search, {
    ways: ways(),
    loads: LOADS,
    origin: location.origin,
  });
  #plan = this.#asked.plan;
  #acoustic: RoundTrip | null = null;
  #abort: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    window.tutti = { bench: null };
    if (this.#asked.run) void this.#runAsked();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  async #runAsked(): Promise<void> {
    const plan = this.#plan;
    const abort = (this.#abort = new AbortController());
    if (plan.measurements.some((one) => one !== 'quantum')) {
      this.phase = { at: 'waiting', blocked: false };
      const blocked = (): void => {
        this.phase = { at: 'waiting', blocked: true };
      };
      try {
        await soundAllowed(blocked, abort.signal);
      } catch {
        return; // The button was quicker.
      }
    }
    if (!(await this.#run(plan))) return;
    await this.updateComplete;
    await this.results?.send();
  }

  async #runFromClick(plan: BenchPlan): Promise<void> {
    // The address asked for it, and the browser for this click.
    const asked = this.phase.at === 'waiting';
    this.#abort?.abort();
    const running = this.#run(plan);
    await this.updateComplete;
    this.running?.focus();
    const done = await running;
    await this.updateComplete;
    if (done) this.results?.focus();
    else this.form?.focus();
    if (done && asked) await this.results?.send();
  }

  /** Resolves to whether it was done. */
  async #run(plan: BenchPlan): Promise<boolean> {
    const abort = (this.#abort = new AbortController());
    const sleep = keepAwake();
    this.#plan = plan;
    this.#show(null);
    this.progress = null;
    this.phase = { at: 'running' };
    try {
      const result = await runBench(
        plan,
        (progress) => {
          this.progress = progress;
        },
        abort.signal,
      );
      this.#show(result);
      this.phase = { at: 'done' };
      return true;
    } catch (thrown) {
      this.phase = abort.signal.aborted
        ? { at: 'cancelled' }
        : { at: 'failed', message: String(thrown) };
      return false;
    } finally {
      sleep();
    }
  }

  async #measured(trip: RoundTrip): Promise<void> {
    this.#acoustic = trip;
    // Alone, it is a result of nothing else.
    this.#show(this.result ?? (await runBench({ ...this.#plan, measurements: [] })));
  }

  #show(result: BenchResult | null): void {
    const acoustic = this.#acoustic;
    this.result = result && acoustic ? { ...result, acoustic } : result;
    window.tutti = { bench: this.result };
  }

  override render() {
    const { bench: w } = this.w;
    const { phase, result } = this;
    document.title = `${w.title} – Tutti`;
    return html`
      <tutti-top home></tutti-top>
      <main>
        <header>
          <h1>${w.title}</h1>
          <p>${w.intro}</p>
          <p class="hint">${w.advice}</p>
        </header>
        ${this.#wrong()}
        <p class="unseen" role="status">${this.#spoken()}</p>
        <div class="cards">
          <section>
            <h2>${w.inside}</h2>
            ${phase.at === 'running' ? this.#progress() : this.#choices()}
          </section>
          <section>
            <tutti-bench-acoustic
              ?disabled=${phase.at === 'running'}
              @busy=${(event: CustomEvent<boolean>) => (this.listening = event.detail)}
              @measured=${(event: CustomEvent<RoundTrip>) => this.#measured(event.detail)}
            ></tutti-bench-acoustic>
          </section>
        </div>
        ${
          result === null
            ? nothing
            : html`<tutti-bench-results
                .result=${result}
                .post=${this.#asked.post}
              ></tutti-bench-results>`
        }
      </main>
    `;
  }

  #progress() {
    return html`<tutti-bench-progress
      .progress=${this.progress}
      @cancel=${() => this.#abort?.abort()}
    ></tutti-bench-progress>`;
  }

  #choices() {
    const { bench: w } = this.w;
    const { phase } = this;
    return html`
      ${
        phase.at === 'waiting' && phase.blocked
          ? html`<tutti-notice urgent .heading=${w.blockedTitle} .text=${w.blocked}></tutti-notice>`
          : nothing
      }
      ${
        phase.at === 'failed'
          ? html`<tutti-notice urgent .text=${w.failed(phase.message)}></tutti-notice>`
          : nothing
      }
      <tutti-bench-form
        .plan=${this.#plan}
        ?disabled=${this.listening || (phase.at === 'waiting' && !phase.blocked)}
        @start=${(event: StartBench) => this.#runFromClick(event.detail)}
      ></tutti-bench-form>
      ${phase.at === 'cancelled' ? html`<p>${w.cancelled}</p>` : nothing}
    `;
  }

  #wrong() {
    const { bench: w } = this.w;
    const { wrong } = this.#asked;
    if (wrong.length === 0) return nothing;
    const text = wrong.map((one) => this.#sentence(one)).join(' ');
    return html`<tutti-notice urgent .heading=${w.wrongTitle} .text=${text}></tutti-notice>`;
  }

  #sentence(wrong: Wrong): string {
    const { bench, language } = this.w;
    const { wrong: w } = bench;
    const { parameter, given } = wrong;
    switch (wrong.kind) {
      case 'name':
        return w.name(parameter, given, wrong.possible.join(', '));
      case 'number': {
        const { least, most } = wrong.bounds;
        return w.number(parameter, given, number(least, language), number(most, language));
      }
      case 'path':
        return w.path(parameter, given);
    }
  }

  /** For screen readers: a word at each new measurement, none at each step. */
  #spoken(): string {
    const { bench: w } = this.w;
    const { phase, progress } = this;
    switch (phase.at) {
      case 'running':
        return progress === null ? '' : w.measuring(w.measurement[progress.measurement]);
      case 'done':
        return w.done;
      case 'cancelled':
        return w.cancelled;
      case 'rest':
      case 'waiting':
      case 'failed':
        return '';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench': TuttiBench;
  }
}
