// Peak and RMS level of a signal, for a person to look at.
//
// The peak rises at once and falls by 20 dB in 1.7 s (IEC 60268-10 type I, as programme meters
// do); the RMS integrates over 300 ms (as VU meters do, IEC 60268-17). Linear, 1 = full scale.
// One thread; no allocation, noexcept.
#pragma once

#include <cstdint>

namespace tutti::mix {

class Meter {
 public:
  void configure(double sample_rate) noexcept;
  void reset() noexcept;

  // One quantum of one signal; pass the same pointer twice for mono. Ignored as a whole when a
  // sample is not finite.
  void observe(const float* left, const float* right, uint32_t frames) noexcept;

  float peak() const noexcept { return peak_; }
  float rms() const noexcept;

 private:
  void take_length(uint32_t frames) noexcept;

  double sample_rate_ = 48000.0;
  // Of a quantum of so many frames, as all are: how much is left of the peak, and how far the mean
  // goes to what is new.
  uint32_t frames_ = 0;
  float fall_ = 1.0F;
  double way_ = 0.0;
  float peak_ = 0.0F;
  double mean_square_ = 0.0;
};

}  // namespace tutti::mix
