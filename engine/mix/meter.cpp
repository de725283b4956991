#include "mix/meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tutti::mix {
namespace {

constexpr double kFallS = 1.7 / std::numbers::ln10;  // time constant of 20 dB in 1.7 s
constexpr double kRmsS = 0.3;
constexpr float kSilence = 1e-7F;  // -140 dB: below this zero, so that no denormal lingers

}  // namespace

void Meter::configure(double sample_rate) noexcept {
  sample_rate_ = sample_rate;
  reset();
}

void Meter::reset() noexcept {
  peak_ = 0.0F;
  mean_square_ = 0.0;
}

void Meter::observe(const float* left, const float* right, uint32_t frames) noexcept {
  if (frames == 0) return;
  float peak = 0.0F;
  double power = 0.0;
  for (uint32_t i = 0; i < frames; ++i) {
    peak = std::max(peak, std::max(std::fabs(left[i]), std::fabs(right[i])));
    power += static_cast<double>(0.5F * (left[i] * left[i] + right[i] * right[i]));
  }
  // A broken device's NaN would stay in the mean for ever.
  if (!std::isfinite(peak) || !std::isfinite(power)) return;
  const double seconds = frames / sample_rate_;
  const auto fallen = peak_ * static_cast<float>(std::exp(-seconds / kFallS));
  peak_ = std::max(peak, fallen < kSilence ? 0.0F : fallen);
  const double way = 1.0 - std::exp(-seconds / kRmsS);
  mean_square_ += (power / frames - mean_square_) * way;
}

float Meter::rms() const noexcept { return static_cast<float>(std::sqrt(mean_square_)); }

}  // namespace tutti::mix
