// The engine's face for JavaScript: one engine per module instance, plain numbers and pointers.
//
// All sound and bytes pass through static areas whose addresses the exports return; JavaScript
// makes its views once, because the memory never grows. Only tutti_configure allocates.
// Which parameter or field has which number is told by tutti_names, so that no table exists twice.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "engine.h"

#define TUTTI_EXPORT(name) extern "C" __attribute__((export_name(#name), used))

namespace {

using tutti::Engine;

// The largest datagram that a data channel or a hub may deliver and the parser might accept.
constexpr uint32_t kDatagramBytes = 65536;

Engine engine;
alignas(16) float input[2][Engine::kMaxQuantum];
alignas(16) float output[2][Engine::kMaxQuantum];
alignas(16) uint8_t datagram[kDatagramBytes];
double record_us = 0.0;
tutti::PeerReport peer_report;
tutti::EngineReport engine_report;

template <typename T>
uint32_t address(const T* p) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(p));
}

}  // namespace

// 1, or 0 when a value is out of range. Allocates; then warms up.
TUTTI_EXPORT(tutti_configure)
int32_t tutti_configure(uint32_t sample_rate, uint32_t max_frames, uint32_t max_peers,
                        uint32_t packet_frames, uint32_t bits) {
  if (!engine.configure({sample_rate, max_frames, max_peers, packet_frames, bits})) return 0;
  engine.warm_up();
  return 1;
}

// Comma-separated, zero-terminated ASCII: 0 parameters, 1 fields of a peer, 2 of the engine.
TUTTI_EXPORT(tutti_names)
uint32_t tutti_names(uint32_t which) {
  switch (which) {
    case 0:
      return address(tutti::parameter_names().data());
    case 1:
      return address(tutti::peer_field_names().data());
    default:
      return address(tutti::engine_field_names().data());
  }
}

// Floats: one channel of the microphone, of the loudspeakers.
TUTTI_EXPORT(tutti_input) uint32_t tutti_input(uint32_t channel) {
  return address(input[channel % 2]);
}
TUTTI_EXPORT(tutti_output) uint32_t tutti_output(uint32_t channel) {
  return address(output[channel % 2]);
}
// Bytes: where a received datagram is put before tutti_receive.
TUTTI_EXPORT(tutti_datagram) uint32_t tutti_datagram() { return address(datagram); }
TUTTI_EXPORT(tutti_datagram_bytes) uint32_t tutti_datagram_bytes() { return kDatagramBytes; }

// A double: where the time of what is handed over next is put, us since the Unix epoch. Numbers as
// arguments would be garbage on JavaScript's side, four for each packet.
TUTTI_EXPORT(tutti_time) uint32_t tutti_time() { return address(&record_us); }

// Returns the number of packets to be sent, valid until the next call.
TUTTI_EXPORT(tutti_capture) uint32_t tutti_capture(uint32_t channels, uint32_t frames) {
  const std::array<const float*, 2> channel{input[0], input[1]};
  return engine.capture(channel.data(), std::min(channels, 2U), frames);
}
TUTTI_EXPORT(tutti_packet) uint32_t tutti_packet(uint32_t i) {
  return address(engine.packet(i).data());
}
TUTTI_EXPORT(tutti_packet_bytes) uint32_t tutti_packet_bytes(uint32_t i) {
  return static_cast<uint32_t>(engine.packet(i).size());
}

// The datagram arrived at tutti_time. Returns a tutti::wire::Refusal; 0 is none.
TUTTI_EXPORT(tutti_receive)
uint32_t tutti_receive(uint32_t peer, uint32_t bytes) {
  const std::span<const uint8_t> data{datagram, std::min(bytes, kDatagramBytes)};
  return static_cast<uint32_t>(engine.receive(peer, data, record_us));
}

// It is tutti_time.
TUTTI_EXPORT(tutti_observe_clock) void tutti_observe_clock() { engine.observe_clock(record_us); }
// The exchange ended at tutti_time.
TUTTI_EXPORT(tutti_observe_exchange)
void tutti_observe_exchange(uint32_t peer, double sent_us, double far_received_us,
                            double far_sent_us) {
  engine.observe_exchange(peer, sent_us, far_received_us, far_sent_us, record_us);
}

TUTTI_EXPORT(tutti_render) void tutti_render(uint32_t frames) {
  engine.render(output[0], output[1], frames);
}

TUTTI_EXPORT(tutti_add_peer) int32_t tutti_add_peer(uint32_t peer) {
  return engine.add_peer(peer) ? 1 : 0;
}
TUTTI_EXPORT(tutti_remove_peer) int32_t tutti_remove_peer(uint32_t peer) {
  return engine.remove_peer(peer) ? 1 : 0;
}

TUTTI_EXPORT(tutti_set) int32_t tutti_set(uint32_t parameter, uint32_t peer, double value) {
  if (parameter >= static_cast<uint32_t>(tutti::Parameter::kCount)) return 0;
  return engine.set(static_cast<tutti::Parameter>(parameter), peer, value) ? 1 : 0;
}

// Address of a tutti::PeerReport (doubles in the order of tutti_names(1)), or 0 for no such peer.
TUTTI_EXPORT(tutti_peer_report) uint32_t tutti_peer_report(uint32_t peer) {
  return engine.report(peer, peer_report) ? address(&peer_report) : 0;
}
TUTTI_EXPORT(tutti_engine_report) uint32_t tutti_engine_report() {
  engine.report(engine_report);
  return address(&engine_report);
}
