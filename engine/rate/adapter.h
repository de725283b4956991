// Between a context that runs at any rate and an engine that knows only one.
//
//   capture: what the context brings  -> take()  -> as many inner frames as that gives
//   render:  begin() says how many inner frames are needed -> end() -> what the context asks for
//
// Inner frames per call vary (139 or 140 for 128 at 44.1 kHz); what is rendered beyond the need, at
// most 3 frames of the context, is kept for the next call. Where both rates are the same nothing is
// touched, copied or delayed.
//
// One thread. configure() allocates; the rest is noexcept, allocates nothing, and does work in
// proportion to its frames.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rate/converter.h"

namespace tutti::rate {

class Adapter {
 public:
  // Hz; max_frames: the context's, of any call. False when a rate is out of Converter's range or
  // there is no memory.
  bool configure(uint32_t context_rate, uint32_t inner_rate, uint32_t max_frames);
  // As new.
  void reset() noexcept;

  // The most inner frames of any call.
  uint32_t max_inner_frames() const noexcept { return max_inner_frames_; }

  struct Captured {
    std::array<const float*, Converter::kChannels> channel;
    uint32_t frames;
  };
  // Converts `frames` frames. A channel beyond `channels` is silence, but goes on in time, so that
  // one may come and go. What is returned is valid until the next call.
  Captured take(const float* const* input, uint32_t channels, uint32_t frames) noexcept;
  // How long before the next frame given to take() the next frame it returns was captured, us.
  double capture_delay_us() const noexcept;

  struct Wanted {
    float* left;
    float* right;
    uint32_t frames;
  };
  // Where to render how many inner frames (0 too), for `frames` frames of the context; then end()
  // with the same arguments.
  Wanted begin(float* left, float* right, uint32_t frames) noexcept;
  void end(float* left, float* right, uint32_t frames) noexcept;
  // How long the next inner frame will take to come out, from the next call to begin(), us.
  double render_delay_us() const noexcept;

 private:
  using Channels = std::array<std::vector<float>, Converter::kChannels>;

  bool converts_ = false;
  uint32_t context_rate_ = 0;
  uint32_t inner_rate_ = 0;
  uint32_t max_inner_frames_ = 0;
  Converter in_;
  Channels captured_;  // inner frames
  Converter out_;
  Channels rendered_;   // inner frames
  Channels converted_;  // the context's frames: those kept, then those of this call
  uint32_t wanted_ = 0;
  uint32_t kept_ = 0;
};

}  // namespace tutti::rate
