/**
 * The WebAssembly engine as JavaScript sees it: see bindings/wasm/tutti_wasm.cpp for what each
 * export does. Needs nothing of the browser, so it runs in the worklet, in a worker and in Node.
 * After construction nothing here allocates but report().
 */
import { Kind } from '../pipe/pipe.js';

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  tutti_configure(
    rate: number,
    frames: number,
    peers: number,
    packet: number,
    bits: number,
  ): number;
  tutti_names(which: number): number;
  tutti_input(channel: number): number;
  tutti_output(channel: number): number;
  tutti_datagram(): number;
  tutti_datagram_bytes(): number;
  tutti_time(): number;
  tutti_capture(channels: number, frames: number): number;
  tutti_packet(i: number): number;
  tutti_packet_bytes(i: number): number;
  tutti_receive(peer: number, bytes: number): number;
  tutti_observe_clock(): void;
  tutti_observe_exchange(peer: number, t0: number, t1: number, t2: number): void;
  tutti_render(frames: number): void;
  tutti_add_peer(peer: number): number;
  tutti_remove_peer(peer: number): number;
  tutti_set(parameter: number, peer: number, value: number): number;
  tutti_peer_report(peer: number): number;
  tutti_engine_report(): number;
}

export interface EngineOptions {
  sampleRate: number;
  maxFrames: number;
  maxPeers: number;
  packetFrames: number;
  bits: number;
}

export type Report = Record<string, number>;

export class Engine {
  private readonly wasm: Exports;
  readonly memory: ArrayBuffer;
  /** Where a datagram is put before take(). */
  readonly address: number;
  readonly capacity: number;
  /** Where a record's time is put before take(): us since the Unix epoch. */
  readonly time: Float64Array;
  readonly input: readonly Float32Array[];
  readonly output: readonly Float32Array[];
  private readonly doubles: Float64Array;
  private readonly view: DataView;
  private readonly parameters: ReadonlyMap<string, number>;
  /** Names of what is reported. */
  readonly fields: { readonly engine: readonly string[]; readonly peer: readonly string[] };

  /** Compiles, configures and warms up; tens of milliseconds. Throws when a value is refused. */
  constructor(bytes: BufferSource, options: EngineOptions) {
    const module = new WebAssembly.Module(bytes);
    const instance = new WebAssembly.Instance(module, {});
    this.wasm = instance.exports as unknown as Exports;
    this.wasm._initialize?.();
    const { sampleRate, maxFrames, maxPeers, packetFrames, bits } = options;
    if (this.wasm.tutti_configure(sampleRate, maxFrames, maxPeers, packetFrames, bits) !== 1) {
      throw new RangeError(`the engine refuses ${JSON.stringify(options)}`);
    }
    // The memory never grows, so these views last.
    this.memory = this.wasm.memory.buffer;
    this.address = this.wasm.tutti_datagram();
    this.capacity = this.wasm.tutti_datagram_bytes();
    this.time = new Float64Array(this.memory, this.wasm.tutti_time(), 1);
    const floats = (at: number) => new Float32Array(this.memory, at, maxFrames);
    this.input = [floats(this.wasm.tutti_input(0)), floats(this.wasm.tutti_input(1))];
    this.output = [floats(this.wasm.tutti_output(0)), floats(this.wasm.tutti_output(1))];
    this.doubles = new Float64Array(this.memory);
    this.view = new DataView(this.memory);
    this.parameters = new Map(this.names(0).map((name, i) => [name, i]));
    this.fields = { peer: this.names(1), engine: this.names(2) };
  }

  private names(which: number): string[] {
    const bytes = new Uint8Array(this.memory);
    let text = '';
    // The worklet has no TextDecoder, and the names are ASCII.
    for (let at = this.wasm.tutti_names(which); bytes[at] !== 0; at++) {
      text += String.fromCharCode(bytes[at]!);
    }
    return text.split(',');
  }

  /** Captures what is in `input`; returns the number of packets to be sent. */
  capture(channels: number, frames: number): number {
    return this.wasm.tutti_capture(channels, frames);
  }
  packetAddress(i: number): number {
    return this.wasm.tutti_packet(i);
  }
  packetBytes(i: number): number {
    return this.wasm.tutti_packet_bytes(i);
  }

  /** A record from the network thread, its bytes at `address` and its time in `time`. */
  take(kind: Kind, peer: number, bytes: number): void {
    switch (kind) {
      case Kind.Datagram:
        this.wasm.tutti_receive(peer, bytes);
        break;
      case Kind.Clock:
        this.wasm.tutti_observe_clock();
        break;
      case Kind.Exchange: {
        const at = this.address;
        const read = (i: number): number => this.view.getFloat64(at + 8 * i, true);
        this.wasm.tutti_observe_exchange(peer, read(0), read(1), read(2));
        break;
      }
    }
  }

  /** Renders into `output`. */
  render(frames: number): void {
    this.wasm.tutti_render(frames);
  }

  addPeer(peer: number): boolean {
    return this.wasm.tutti_add_peer(peer) === 1;
  }
  removePeer(peer: number): boolean {
    return this.wasm.tutti_remove_peer(peer) === 1;
  }

  /** False when there is no such parameter or peer. */
  set(parameter: string, peer: number, value: number): boolean {
    const index = this.parameters.get(parameter);
    return index !== undefined && this.wasm.tutti_set(index, peer, value) === 1;
  }

  /** Copies a peer's fields to `at` of `into`; false when there is no such peer. */
  copyPeerReport(peer: number, into: Float64Array, at: number): boolean {
    const address = this.wasm.tutti_peer_report(peer);
    if (address === 0) return false;
    this.copyReport(address, this.fields.peer.length, into, at);
    return true;
  }
  copyEngineReport(into: Float64Array, at: number): void {
    this.copyReport(this.wasm.tutti_engine_report(), this.fields.engine.length, into, at);
  }
  private copyReport(address: number, count: number, into: Float64Array, at: number): void {
    for (let i = 0; i < count; i++) into[at + i] = this.doubles[address / 8 + i]!;
  }

  /** null when there is no such peer. Allocates, unlike the copies above. */
  peerReport(peer: number): Report | null {
    const at = this.wasm.tutti_peer_report(peer);
    return at === 0 ? null : this.reportAt(at, this.fields.peer);
  }
  engineReport(): Report {
    return this.reportAt(this.wasm.tutti_engine_report(), this.fields.engine);
  }
  private reportAt(address: number, fields: readonly string[]): Report {
    const report: Report = {};
    fields.forEach((field, i) => (report[field] = this.doubles[address / 8 + i]!));
    return report;
  }
}
