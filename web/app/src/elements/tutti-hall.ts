/**
 * Inside the room: the status line, quick or safe, the musicians, the numbers beside them, the dock
 * below.
 *
 * Properties: `audio` and `session` (joined). Event: `leave`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query, queryAll, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage, SessionFace, SessionState, TuttiFace } from 'tutti';
import { DeviceDesk, isTrouble } from '../logic/device-news.js';
import { heardThemselves } from '../logic/lateness.js';
import { Newsroom, resting } from '../logic/news.js';
import { Readings } from '../logic/readings.js';
import { roomPath } from '../logic/room-link.js';
import { SessionWatch } from '../page/session-watch.js';
import { settings } from '../page/settings.js';
import { isTyping } from '../page/typing.js';
import { keepAwake } from '../page/wake-lock.js';
import { TuttiElement } from './base.js';
import './tutti-alone.js';
import './tutti-chat.js';
import './tutti-dock.js';
import type { TuttiDock } from './tutti-dock.js';
import './tutti-lateness.js';
import type { TuttiLateness } from './tutti-lateness.js';
import './tutti-musician.js';
import type { TuttiMusician } from './tutti-musician.js';
import './tutti-numbers.js';
import type { TuttiNumbers } from './tutti-numbers.js';
import './tutti-screens.js';
import './tutti-settings.js';
import type { TuttiSettings } from './tutti-settings.js';
import './tutti-show.js';
import type { TuttiShow } from './tutti-show.js';
import './tutti-stage.js';
import type { TuttiStage } from './tutti-stage.js';
import './tutti-stage-lines.js';
import './tutti-start-sound.js';
import './tutti-status.js';
import type { TuttiStatus } from './tutti-status.js';

const BEAT_MS = 1000;
const COPIED_MS = 2500;
/** A context may stop for a moment by itself, as when a device changes. */
const BLOCKED_AFTER_MS = 600;

@customElement('tutti-hall')
export class TuttiHall extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        flex: 1;
        min-height: 0;
        display: flex;
        flex-direction: column;
      }

      .middle {
        position: relative;
        isolation: isolate;
        flex: 1;
        min-height: 0;
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        justify-content: center;
        --side: var(--s3);
      }

      tutti-stage-lines {
        z-index: -1;
      }

      main {
        display: grid;
        grid-template-columns: minmax(0, 80rem);
        align-content: start;
        justify-content: center;
        gap: var(--s2);
        overflow-y: auto;
        padding: 0 var(--side) var(--s3);
        container: hall / inline-size;
      }

      .players {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-items: start;
        gap: var(--s2);
      }

      tutti-stage {
        display: none;
      }

      @container hall (min-width: 670px) {
        tutti-stage {
          display: block;
          height: clamp(360px, 46dvh, 560px);
        }
      }

      @container hall (min-width: 1160px) {
        .players {
          grid-template-columns: minmax(0, 1fr) 26rem;
        }

        tutti-stage {
          position: sticky;
          top: 0;
          /* What the lines above and the dock leave. */
          height: clamp(380px, 100dvh - 21rem, 660px);
        }
      }

      ul {
        display: grid;
        align-content: start;
        gap: var(--s2);
        list-style: none;
      }

      tutti-numbers {
        position: absolute;
        inset: auto 8px 8px;
        max-height: calc(100% - 8px);
      }

      tutti-chat {
        position: absolute;
        inset: 8px;
      }

      @media (max-width: 520px) {
        .middle {
          --side: 12px;
        }
      }

      /* The numbers lie over all but the status line: no focus goes where nobody sees it. */
      @media (max-width: 1079px) {
        .with-numbers main {
          overflow: hidden;
        }

        .with-numbers main > :not(tutti-status) {
          visibility: hidden;
        }
      }

      @media (min-width: 1080px) {
        .with-numbers {
          grid-template-columns: minmax(0, 1fr) 28rem;
        }

        tutti-numbers,
        tutti-chat {
          position: static;
          max-height: 100%;
          margin: 0 var(--side) var(--s2) 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) audio!: TuttiFace;
  @property({ attribute: false }) session!: SessionFace;

  @state() private beat = 0;
  @state() private numbersOpen = false;
  @state() private chatOpen = false;
  @state() private unread: readonly ChatMessage[] = [];
  @state() private copied = false;
  @state() private blocked = false;

  @query('tutti-dock') private dock!: TuttiDock | null;
  @query('tutti-status') private status!: TuttiStatus | null;
  @query('tutti-settings') private settings!: TuttiSettings;
  @query('tutti-show') private pictures!: TuttiShow;
  @query('tutti-lateness') private lateness!: TuttiLateness | null;
  @query('tutti-numbers') private numbers!: TuttiNumbers | null;
  @query('tutti-stage') private stage!: TuttiStage | null;
  @queryAll('tutti-musician') private musicians!: NodeListOf<TuttiMusician>;

  readonly #newsroom = new Newsroom();
  readonly #readings = new Readings();
  readonly #desk = new DeviceDesk();
  #played = false;
  #seenState: SessionState = 'joined';
  #beating = 0;
  #blocking = 0;
  #sleep: () => void = () => undefined;
  #watch: SessionWatch | null = null;

  get #link(): string {
    return location.origin + roomPath(this.session.room);
  }

  readonly #onPeers = (): void => {
    const told = this.#newsroom.look(this.session.peers, performance.now());
    for (const item of told) this.status?.tell(this.w.room.news(item));
    this.beat += 1;
  };

  readonly #onState = (): void => {
    const { state } = this.session;
    if (state === 'joined' && this.#seenState === 'rejoining') {
      this.status?.tell(this.w.room.rejoined);
    } else if (state === 'rejoining' && this.#seenState !== 'rejoining') {
      this.status?.tell(this.w.room.resting({ kind: 'rejoining' }));
    }
    this.#seenState = state;
    this.requestUpdate();
  };

  readonly #onVideo = (): void => this.requestUpdate();

  #onUnread({ detail }: CustomEvent<ChatMessage[]>): void {
    // Told once, until somebody has read them: a lively chat does not chatter here.
    if (this.unread.length === 0 && detail[0])
      this.status?.tell(this.w.chat.written(detail[0].name));
    this.unread = detail;
  }

  /** One drawer at a time. */
  #drawer(which: 'numbers' | 'chat'): void {
    this.numbersOpen = which === 'numbers' && !this.numbersOpen;
    this.chatOpen = which === 'chat' && !this.chatOpen;
  }

  readonly #onDevices = (): void => {
    for (const { kind, label } of this.#desk.look(this.audio)) {
      const { resting, told } = this.w.troubles;
      this.status?.tell(isTrouble(kind) ? resting[kind] : told[kind](label));
    }
    this.requestUpdate();
  };

  readonly #onRunning = (): void => {
    clearTimeout(this.#blocking);
    this.#onDevices();
    this.#played ||= this.audio.running;
    if (this.audio.running) this.blocked = false;
    else this.#blocking = window.setTimeout(() => (this.blocked = true), BLOCKED_AFTER_MS);
  };

  readonly #onLevels = (): void => {
    if (document.hidden) return;
    this.dock?.drawLevel(this.audio.inputLevel);
    this.stage?.drawLevels();
    for (const musician of this.musicians) musician.drawLevel();
  };

  readonly #onNumbers = (): void => {
    if (document.hidden || !this.#watch) return;
    const stats = this.#watch.stats?.peers ?? [];
    this.lateness?.show(heardThemselves(stats, this.session.peers));
    this.#readings.read(stats);
    this.numbers?.show(this.#watch);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key.toLowerCase() !== 'm' || isTyping(event) || !this.audio.microphone) return;
    this.#mute();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#onPeers();
    this.#seenState = this.session.state;
    this.audio.addEventListener('levels', this.#onLevels);
    this.audio.addEventListener('running', this.#onRunning);
    this.audio.addEventListener('microphone', this.#onDevices);
    this.audio.addEventListener('output', this.#onDevices);
    this.session.addEventListener('peers', this.#onPeers);
    this.session.addEventListener('state', this.#onState);
    this.session.addEventListener('video', this.#onVideo);
    addEventListener('keydown', this.#onKey);
    this.#beating = window.setInterval(this.#onPeers, BEAT_MS);
    this.#sleep = keepAwake();
    this.#watch = new SessionWatch(this.session);
    this.#watch.addEventListener('change', this.#onNumbers);
    this.#onRunning();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.audio.removeEventListener('levels', this.#onLevels);
    this.audio.removeEventListener('running', this.#onRunning);
    this.audio.removeEventListener('microphone', this.#onDevices);
    this.audio.removeEventListener('output', this.#onDevices);
    this.session.removeEventListener('peers', this.#onPeers);
    this.session.removeEventListener('state', this.#onState);
    this.session.removeEventListener('video', this.#onVideo);
    removeEventListener('keydown', this.#onKey);
    clearInterval(this.#beating);
    clearTimeout(this.#blocking);
    this.#sleep();
    this.#watch?.stop();
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  #mute(): void {
    this.audio.muted = !this.audio.muted;
    this.requestUpdate();
  }

  #row({ detail: id }: CustomEvent<string>): TuttiMusician | undefined {
    return [...this.musicians].find(({ peer }) => peer.id === id);
  }

  #beCautious({ detail }: CustomEvent<number>): void {
    this.session.caution = detail;
    settings.caution = detail;
  }

  #start(): void {
    void this.audio.resume().catch(() => undefined);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#link);
      this.copied = true;
      setTimeout(() => (this.copied = false), COPIED_MS);
      this.status?.tell(this.w.room.copied);
    } catch {
      this.status?.tell(this.w.room.copyFailed(this.#link));
    }
  }

  override render() {
    const { audio, session, beat } = this;
    const w = this.w.room;
    const calmed = this.#newsroom.calmed(session.peers, performance.now());
    const now = resting(session.state, calmed, audio.microphone !== null);
    const { trouble } = this.#desk;
    const grave = trouble !== null || !['well', 'alone', 'waiting'].includes(now.kind);
    const alone = session.peers.length === 0;
    const anySolo = session.peers.some(({ solo }) => solo);
    return html`
      <div class="middle ${this.numbersOpen || this.chatOpen ? 'with-numbers' : ''}">
        ${alone ? html`<tutti-stage-lines></tutti-stage-lines>` : nothing}
        <main>
          <h1 class="unseen" tabindex="-1">${w.title(session.peers.length)}</h1>
          <tutti-status
            .resting=${trouble ? this.w.troubles.resting[trouble] : w.resting(now)}
            ?grave=${grave}
          ></tutti-status>
          <tutti-screens
            .session=${session}
            @news=${({ detail }: CustomEvent<string>) => this.status?.tell(detail)}
          ></tutti-screens>
          ${
            alone
              ? html`<tutti-alone .link=${this.#link}></tutti-alone>`
              : html`<tutti-lateness
                    .caution=${session.caution}
                    @caution=${this.#beCautious}
                  ></tutti-lateness>
                  <div class="players">
                    <tutti-stage
                      .session=${session}
                      .readings=${this.#readings}
                      @pan=${(e: CustomEvent<string>) => this.#row(e)?.requestUpdate()}
                      @open=${(e: CustomEvent<string>) => this.#row(e)?.open()}
                    ></tutti-stage>
                    <ul role="list" aria-label=${w.musicians}>
                      ${repeat(
                        session.peers,
                        ({ id }) => id,
                        (peer) =>
                          html`<li aria-label=${peer.name}>
                            <tutti-musician
                              .peer=${peer}
                              .beat=${beat}
                              ?patchy=${this.#readings.patchy(peer.id)}
                              ?silenced=${anySolo && !peer.solo}
                              @mix=${() => this.requestUpdate()}
                            ></tutti-musician>
                          </li>`,
                      )}
                    </ul>
                  </div>`
          }
        </main>
        <tutti-numbers
          ?hidden=${!this.numbersOpen}
          ?open=${this.numbersOpen}
          .session=${session}
          @close=${() => (this.numbersOpen = false)}
        ></tutti-numbers>
        <tutti-chat
          ?hidden=${!this.chatOpen}
          ?open=${this.chatOpen}
          .session=${session}
          @close=${() => (this.chatOpen = false)}
          @unread=${this.#onUnread}
        ></tutti-chat>
      </div>
      <tutti-dock
        .name=${session.name}
        ?muted=${audio.muted}
        ?silent=${audio.microphone === null}
        ?copied=${this.copied}
        ?numbers=${this.numbersOpen}
        ?chat=${this.chatOpen}
        .unread=${this.unread.length}
        ?showing=${session.camera !== null || session.screen !== null}
        @mute=${this.#mute}
        @settings=${() => this.settings.show()}
        @copy=${this.#copy}
        @show=${() => this.pictures.show()}
        @chat=${() => this.#drawer('chat')}
        @numbers=${() => this.#drawer('numbers')}
        @leave=${() => this.dispatchEvent(new CustomEvent('leave'))}
      ></tutti-dock>
      <tutti-settings
        .audio=${audio}
        .session=${session}
        @changed=${() => this.requestUpdate()}
      ></tutti-settings>
      <tutti-show .session=${session}></tutti-show>
      <tutti-start-sound
        ?needed=${this.blocked}
        .why=${audio.outputGone ? 'device' : this.#played ? 'stopped' : 'first'}
        @start=${this.#start}
      ></tutti-start-sound>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-hall': TuttiHall;
  }
}
