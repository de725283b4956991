// Keeps the sum of many loud musicians below full scale, without look-ahead (it adds no delay).
//
// Below the knee nothing is touched, bit for bit. Above it, the louder channel's envelope (at
// once up, 100 ms down) goes through a curve that bends smoothly towards the ceiling; both
// channels get the gain that results, so the stereo image stays. Since the envelope is never
// below the signal, no sample can exceed the ceiling.
// Method: feed-forward limiter, see D. Giannoulis et al., "Digital Dynamic Range Compressor
// Design", JAES 60(6), 2012.
// One thread; no allocation, noexcept.
#pragma once

#include <cstdint>

namespace tutti::mix {

class Limiter {
 public:
  static constexpr float kKnee = 0.891F;  // -1 dBFS
  static constexpr float kCeiling = 0.9995F;

  void configure(double sample_rate) noexcept;
  void reset() noexcept { envelope_ = 0.0F; }

  // In place. Anything that is not finite becomes silence.
  void process(float* left, float* right, uint32_t frames) noexcept;

  // The last quantum was changed.
  bool working() const noexcept { return working_; }

 private:
  float release_ = 0.0F;  // envelope's factor per frame
  float envelope_ = 0.0F;
  bool working_ = false;
};

}  // namespace tutti::mix
