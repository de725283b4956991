// Fills a gap whose other side is known too: the sound that a model finds least surprising between
// what was before and what comes after.
//
// Of all ways to fill the gap, the one with the least squared prediction error over the gap and the
// frames after it, in which the gap still tells. It is the best guess there is under the model, and
// meets the sound after the gap by itself, without a crossfade.
// Paper: A. J. E. M. Janssen, R. N. J. Veldhuis, L. B. Vries, "Adaptive interpolation of
// discrete-time signals that can be modeled as autoregressive processes", IEEE Trans. ASSP 34,
// 1986.
//
// One thread; no allocation, noexcept; work bounded by the constants: gap^3 / 6 and after x order.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace tutti::playout {

inline constexpr size_t kMaxBridge = 128;  // frames of gap
inline constexpr size_t kMaxAfter = 192;   // frames after it that are looked at
inline constexpr size_t kMinAfter = 32;

class Bridge {
 public:
  // For a gap of so many frames with `after` known ones behind it, and a model as LinearPrediction
  // gives it. False when out of range, or the numbers have run out of precision.
  bool prepare(std::span<const float> weights, size_t gap, size_t after) noexcept;
  // Of one channel: the frames before the gap (as many as there are weights), and those after it.
  // `fill` has the gap's length and holds the model's own continuation; it is improved.
  void span(std::span<const float> before, std::span<const float> after,
            std::span<float> fill) noexcept;

 private:
  size_t gap_ = 0;
  size_t after_ = 0;
  std::span<const float> weights_;
  // The prediction error's filter: 1, then the weights, newest first, negated; then zeros.
  std::array<double, kMaxBridge + kMaxAfter> filter_{};
  std::array<std::array<double, kMaxBridge>, kMaxBridge> factor_{};  // Cholesky's, lower
};

}  // namespace tutti::playout
