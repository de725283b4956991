/**
 * What to measure, and the button that begins it.
 *
 * Properties: `plan` (offered), `disabled`. Event: `start`, a StartBench, from the click.
 * Method: `focus()`, to the button.
 */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { secondsOf, type BenchPlan, type Measurement } from 'tutti/bench';
import { roughTime } from '../logic/bench-progress.js';
import { MEASUREMENTS, readNumber, SECONDS } from '../logic/bench-query.js';
import { number } from '../logic/units.js';
import { TuttiElement } from './base.js';

export type StartBench = CustomEvent<BenchPlan>;

@customElement('tutti-bench-form')
export class TuttiBenchForm extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      form {
        display: grid;
        gap: var(--s2);
      }

      fieldset {
        display: grid;
        gap: 4px;
        margin: 0;
        padding: 0;
        border: none;
      }

      legend {
        padding: 0;
      }

      .choice {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: 0 12px;
        min-height: var(--target);
        padding: 4px 0;
        color: var(--text);
        cursor: pointer;
      }

      .choice span {
        display: block;
        color: var(--soft);
        font-weight: 400;
        line-height: 1.3;
      }

      input[type='checkbox'] {
        width: 22px;
        height: 22px;
        margin: 0;
        accent-color: var(--brass-fill);
      }

      .seconds {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s1) var(--s2);
      }

      .seconds input {
        width: 7rem;
      }

      .wrong {
        color: var(--bad);
        font-weight: 600;
      }

      .go {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s1) var(--s3);
      }
    `,
  ];

  @property({ attribute: false }) plan!: BenchPlan;
  @property({ type: Boolean }) disabled = false;

  @state() private chosen: ReadonlySet<Measurement> = new Set();
  @state() private seconds = '';
  @state() private wrong: 'seconds' | 'nothing' | null = null;

  @query('button') private button!: HTMLButtonElement;
  @query('#seconds') private secondsField!: HTMLInputElement;

  override focus(): void {
    this.button.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('plan')) return;
    this.chosen = new Set(this.plan.measurements);
    this.seconds = String(this.plan.seconds);
  }

  #choose(measurement: Measurement, wanted: boolean): void {
    const chosen = new Set(this.chosen);
    if (wanted) chosen.add(measurement);
    else chosen.delete(measurement);
    this.chosen = chosen;
    this.wrong = null;
  }

  /** null where a number is wanted that is not there. */
  #asked(): BenchPlan | null {
    const seconds = readNumber(this.seconds, SECONDS);
    const measurements = MEASUREMENTS.filter((one) => this.chosen.has(one));
    return seconds === null ? null : { ...this.plan, measurements, seconds };
  }

  #start(event: Event): void {
    event.preventDefault();
    const plan = this.#asked();
    this.wrong = plan === null ? 'seconds' : plan.measurements.length === 0 ? 'nothing' : null;
    if (this.wrong === 'seconds') this.secondsField.focus();
    if (plan === null || this.wrong !== null) return;
    this.dispatchEvent(new CustomEvent('start', { detail: plan }) satisfies StartBench);
  }

  override render() {
    const { bench: w, language } = this.w;
    const { least, most } = SECONDS;
    const plan = this.#asked();
    const wrong = {
      seconds: w.secondsWrong(number(least, language), number(most, language)),
      nothing: w.nothingChosen,
    };
    return html`
      <form novalidate @submit=${this.#start}>
        <fieldset>
          <legend class="label">${w.what}</legend>
          ${MEASUREMENTS.map(
            (measurement) => html`
              <label class="choice">
                <input
                  type="checkbox"
                  .checked=${this.chosen.has(measurement)}
                  @change=${(event: Event) =>
                    this.#choose(measurement, (event.target as HTMLInputElement).checked)}
                />
                <div>
                  ${w.measurement[measurement]}
                  <span>${w.measurementWhy[measurement]}</span>
                </div>
              </label>
            `,
          )}
        </fieldset>
        <div class="seconds">
          <label for="seconds">${w.seconds}</label>
          <input
            id="seconds"
            type="text"
            inputmode="decimal"
            autocomplete="off"
            .value=${this.seconds}
            aria-invalid=${this.wrong === 'seconds'}
            aria-describedby=${this.wrong === 'seconds' ? 'wrong' : nothing}
            @input=${(event: Event) => {
              this.seconds = (event.target as HTMLInputElement).value.trim();
              this.wrong = null;
            }}
          />
        </div>
        ${
          this.wrong === null
            ? nothing
            : html`<p id="wrong" class="wrong" role="alert">${wrong[this.wrong]}</p>`
        }
        <div class="go">
          <button class="main" type="submit" ?disabled=${this.disabled}>${w.start}</button>
          <p class="hint">
            ${
              plan === null || plan.measurements.length === 0
                ? nothing
                : w.takes(roughTime(secondsOf(plan), language))
            }
          </p>
        </div>
      </form>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-form': TuttiBenchForm;
  }
}
