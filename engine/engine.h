// Tutti's engine: all that knows what a sample is, behind one face.
//
//   microphone -> capture() -> packets to send to every peer
//   packets    -> receive() -> one playout::Stream per peer -> render() -> loudspeakers
//
// It knows no socket, no thread, no clock but the frames it renders, and no JavaScript.
// Within it and on the wire all sound is at 48 kHz; rate/ converts where the context's is not.
//
// Threads: configure() anywhere, before everything else; the rest on the one audio thread.
// Only configure() allocates. The rest is noexcept, locks nothing, and does bounded work.
// Errors: what cannot be done returns a reason or false, and changes nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "capture/sender.h"
#include "clock/frame_clock.h"
#include "clock/offset.h"
#include "mix/limiter.h"
#include "mix/meter.h"
#include "mix/smoothed.h"
#include "mix/strip.h"
#include "playout/stream.h"
#include "rate/adapter.h"
#include "wire/packet.h"
#include "wire/redundancy.h"

namespace tutti {

struct EngineConfig {
  uint32_t sample_rate = 48000;  // Hz, of the context: 8,000 to 192,000
  uint32_t max_frames = 128;     // most frames in one quantum, 16 to kMaxQuantum
  uint32_t max_peers = 64;       // 1 to kMaxPeers
  uint32_t packet_frames = 128;  // frames in a packet that is sent
  uint32_t bits = 16;            // bits of a sample that is sent
};

// What a person can change while playing. Everything but the choice of input channels is smoothed
// or hidden.
// The names are in parameter_names(), in this order: add at the end.
enum class Parameter : uint8_t {
  kInputChannels,  // capture::InputChannels
  kMute,           // own microphone: 0 or 1
  kMasterGainDb,   // -60 (silence) to +12
  // For one peer:
  kPeerGainDb,
  kPeerPan,  // -1 to +1
  kPeerMute,
  kPeerSolo,
  kPeerDelayMode,  // playout::DelayMode
  kPeerDelayMs,
  kPeerLateCost,     // ms per percent, 1 (quick) to 100 (safe)
  kPeerConcealment,  // playout::Concealment
  // Own again:
  kSentBits,  // of a sample: 8, 16, 24 or 32; anything else is refused
  kCount,
};

// What is known of one peer, every field a double so that one copy hands it over.
// The names are in peer_field_names(), in this order: add at the end.
struct PeerReport {
  double received, lost, late, duplicate, reordered, recovered, malformed;
  double concealed_frames, discontinuities, restarts;  // frames of 48 kHz
  double playing;                                      // 0 or 1
  double playout_delay_ms;                             // against the fastest recent packet
  double target_delay_ms;
  double capture_to_playout_ms;  // NaN while the two clocks' offset is not known
  double round_trip_ms;          // NaN while not known
  double ratio;
  double peak, rms;  // linear
  double jitter_ms;  // all but the slowest 5 % of recent packets arrive within this; NaN: not known
  double drift_ppm;  // how much faster the far clock runs than ours; NaN while not measured
  double bits;       // of a sample, in the newest packet; 0 before the first
};

struct EngineReport {
  double frames;  // of the context, rendered since configure()
  double input_peak, input_rms, output_peak, output_rms;
  double limiting;  // 0 or 1
};

std::string_view parameter_names() noexcept;  // comma separated
std::string_view peer_field_names() noexcept;
std::string_view engine_field_names() noexcept;

class Engine {
 public:
  static constexpr uint32_t kMaxPeers = 64;
  static constexpr uint32_t kMaxQuantum = 2048;
  static constexpr uint32_t kSampleRate = 48000;  // of the wire and of all within

  // False when a value is out of range, or there is no memory for the conversion of the rate.
  bool configure(const EngineConfig& config);
  // Runs everything hot on made-up sound, then forgets it: the first real calls are then as fast
  // as the later ones. Only before the first peer.
  void warm_up() noexcept;

  // One quantum of the microphone (planar, `channels` may be 0). Returns the number of packets
  // ready to be sent; they stay valid until the next call.
  uint32_t capture(const float* const* input, uint32_t channels, uint32_t frames) noexcept;
  std::span<const uint8_t> packet(uint32_t i) const noexcept { return sender_.packet(i); }

  // A datagram from a peer, stamped with the wall time (us) of its arrival.
  wire::Refusal receive(uint32_t peer, std::span<const uint8_t> datagram, double wall_us) noexcept;
  // Any other stamp of the same wall clock, so that time is known before anybody sends.
  void observe_clock(double wall_us) noexcept { frame_clock_.observe(wall_us, now_); }
  // Four timestamps of one exchange with a peer; see clock/offset.h.
  void observe_exchange(uint32_t peer, double sent_us, double far_received_us, double far_sent_us,
                        double received_us) noexcept;

  // The mix of all peers for the next `frames` frames (1 to max_frames).
  void render(float* left, float* right, uint32_t frames) noexcept;

  // Peers are numbers below max_peers. False when out of range or already (not) there.
  bool add_peer(uint32_t peer) noexcept;
  bool remove_peer(uint32_t peer) noexcept;

  // `peer` is ignored by parameters that are not a peer's. False when there is no such thing.
  bool set(Parameter parameter, uint32_t peer, double value) noexcept;

  // What a simulation looks into; null when there is no such peer.
  const playout::Stream* stream(uint32_t peer) const noexcept;

  // False when there is no such peer.
  bool report(uint32_t peer, PeerReport& out) const noexcept;
  void report(EngineReport& out) const noexcept;

 private:
  struct Peer {
    bool present = false;
    playout::Stream stream;
    mix::Strip strip;
    clock::Offset offset;
    uint64_t malformed = 0;
    uint8_t bits = 0;
    playout::DelayMode delay_mode = playout::DelayMode::kAuto;
    double delay_ms = 0.0;
  };
  const Peer* find(uint32_t peer) const noexcept;
  Peer* find(uint32_t peer) noexcept;
  static bool set_of(Peer& peer, Parameter parameter, double value) noexcept;
  uint32_t work_for_each(uint32_t frames) const noexcept;
  void mix(float* left, float* right, uint32_t frames) noexcept;
  double capture_to_playout_ms(const Peer& peer) const noexcept;

  EngineConfig config_;
  uint8_t rate_code_ = 0;
  int64_t now_ = 0;       // the first frame of 48 kHz that has not been mixed
  int64_t rendered_ = 0;  // frames of the context
  rate::Adapter adapter_;
  capture::Sender sender_;
  clock::FrameClock frame_clock_;
  playout::Interpolator interpolator_;
  std::unique_ptr<playout::ConcealmentTools> tools_ = std::make_unique<playout::ConcealmentTools>();
  wire::Datagram datagram_;
  std::vector<Peer> peers_;
  std::vector<float> peer_sound_[2];
  mix::Smoothed master_;
  mix::Limiter limiter_;
  mix::Meter output_meter_;
};

}  // namespace tutti
