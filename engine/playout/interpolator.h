// Reads a signal at fractional positions: a polyphase windowed sinc, linear between phases.
//
// 32 taps (0.33 ms to either side at 48 kHz), Kaiser window: above 93 dB of signal to error up to
// 18 kHz, -0.09 dB at 20 kHz. A change of ratio costs nothing and does not click, so drift, small
// changes of delay and odd sample rates are one mechanism.
// Method: J. O. Smith, "Digital Audio Resampling Home Page"; F. Adriaensen's zita-resampler.
//
// Any thread once constructed; the constructor allocates nothing but computes the table.
#pragma once

#include <array>
#include <cstdint>

namespace tutti::playout {

class Interpolator {
 public:
  static constexpr int kTaps = 32;
  // Frames needed before (inclusive of the one at the position) and after a position.
  static constexpr int kBefore = kTaps / 2 - 1;
  static constexpr int kAfter = kTaps / 2;
  using Taps = std::array<float, kTaps>;

  Interpolator() noexcept;

  // out[i] is the signal at source[0] + fraction + i * ratio. `source` must be readable from
  // source[-kBefore] to source[floor(fraction + (count - 1) * ratio) + kAfter].
  // At whole positions (fraction 0, ratio 1) samples pass bit for bit.
  // fraction in [0, 1), ratio > 0.
  void read(const float* source, double fraction, double ratio, float* out,
            uint32_t count) const noexcept;

 private:
  static constexpr int kPhases = 256;

  static uint32_t steady_frames(double fraction, double step, uint32_t most) noexcept;
  struct Between;
  Between between(double fraction) const noexcept;
  float filtered(const float* x, double fraction) const noexcept;
  void glide(const float* x, double fraction, double step, float* out,
             uint32_t frames) const noexcept;

  // One phase more, so that the last one has a neighbour.
  alignas(16) std::array<Taps, kPhases + 1> table_;
};

}  // namespace tutti::playout
