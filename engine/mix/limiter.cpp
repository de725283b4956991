#include "mix/limiter.h"

#include <algorithm>
#include <cmath>

namespace tutti::mix {
namespace {

constexpr double kReleaseS = 0.1;

float below_ceiling(float x) noexcept {
  return std::clamp(x, -Limiter::kCeiling, Limiter::kCeiling);
}
float finite(float x) noexcept { return std::isfinite(x) ? x : 0.0F; }

// Continuous in value and slope at the knee, kCeiling at infinity.
float bend(float level) noexcept {
  const float room = Limiter::kCeiling - Limiter::kKnee;
  return Limiter::kKnee + room * (1.0F - std::exp(-(level - Limiter::kKnee) / room));
}

}  // namespace

void Limiter::configure(double sample_rate) noexcept {
  release_ = static_cast<float>(std::exp(-1.0 / (kReleaseS * sample_rate)));
  reset();
}

void Limiter::process(float* left, float* right, uint32_t frames) noexcept {
  working_ = false;
  for (uint32_t i = 0; i < frames; ++i) {
    left[i] = finite(left[i]);
    right[i] = finite(right[i]);
    const float level = std::max(std::fabs(left[i]), std::fabs(right[i]));
    envelope_ = std::max(level, envelope_ * release_);
    if (envelope_ <= kKnee) continue;
    const float gain = bend(envelope_) / envelope_;
    // Only rounding could take it further.
    left[i] = below_ceiling(left[i] * gain);
    right[i] = below_ceiling(right[i] * gain);
    working_ = true;
  }
  if (envelope_ < 1e-9F) envelope_ = 0.0F;
}

}  // namespace tutti::mix
