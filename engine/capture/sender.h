// The microphone's way out: choose channels, meter, mute, pack and encode, once for all peers.
//
// One thread (the audio thread); configure() allocates, everything else is noexcept, allocates
// nothing and does bounded work.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mix/meter.h"
#include "wire/packet.h"

namespace tutti::capture {

// Which channels of the device are sent.
enum class InputChannels : uint8_t {
  kFirst,    // channel 1, as mono
  kSecond,   // channel 2, as mono
  kStereo,   // 1 and 2
  kMonoMix,  // half of each, as mono
};

struct Format {
  uint32_t sample_rate = 48000;  // one of JackTrip's seven
  uint32_t packet_frames = 128;  // wire::kMinFrames to wire::kMaxFrames
  uint32_t bits = 16;            // 8, 16, 24, 32
};

class Sender {
 public:
  // max_frames: most frames per capture(). False when the format cannot be sent.
  bool configure(const Format& format, uint32_t max_frames);
  // A new stream: the sequence begins anew, settings stay.
  void reset() noexcept;

  void set_input(InputChannels input) noexcept { input_ = input; }
  // Faded, and silent within 10 ms.
  void set_mute(bool mute) noexcept { mute_ = mute; }
  // 8, 16, 24 or 32 bits of a sample, from the next whole packet on: every packet says its own, so
  // nothing is heard of the change but the finer or coarser steps. False for any other number.
  bool set_bits(uint32_t bits) noexcept;

  // One quantum. input[c] may be repeated or fewer than two; a missing channel is silence, but
  // stereo from one channel is that one twice.
  // wall_us: when its first frame was captured. Returns the number of packets that became whole;
  // they stay valid until the next call.
  uint32_t capture(const float* const* input, uint32_t channels, uint32_t frames,
                   double wall_us) noexcept;
  std::span<const uint8_t> packet(uint32_t i) const noexcept;

  // Of what is chosen, before the mute: one sees that a muted microphone works.
  const mix::Meter& meter() const noexcept { return meter_; }

 private:
  void choose(const float* const* input, uint32_t channels, uint32_t frames) noexcept;
  void fade(uint32_t frames) noexcept;
  void append(uint32_t from, uint32_t count) noexcept;
  void pack() noexcept;

  Format format_;
  uint8_t rate_code_ = 0;
  InputChannels input_ = InputChannels::kFirst;
  bool mute_ = false;
  uint32_t bits_ = 16;
  float gain_ = 1.0F;       // on its way to what mute_ says
  float fade_step_ = 1.0F;  // for every frame
  mix::Meter meter_;

  std::vector<float> chosen_[2];   // this quantum
  std::vector<float> pending_[2];  // the packet being filled
  uint32_t filled_ = 0;
  bool stereo_ = false;  // of the packet being filled
  double packet_wall_us_ = 0.0;
  uint64_t last_capture_us_ = 0;
  uint16_t sequence_ = 0;

  std::vector<uint8_t> packets_;  // of equal stride
  std::vector<uint32_t> sizes_;
  size_t stride_ = 0;
  uint32_t ready_ = 0;
};

}  // namespace tutti::capture
