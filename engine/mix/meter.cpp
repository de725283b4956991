#include "mix/meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simd.h"

namespace tutti::mix {
namespace {

constexpr double kFallS = 1.7 / std::numbers::ln10;  // time constant of 20 dB in 1.7 s
constexpr double kRmsS = 0.3;
constexpr float kSilence = 1e-7F;  // -140 dB: below this zero, so that no denormal lingers

}  // namespace

void Meter::configure(double sample_rate) noexcept {
  sample_rate_ = sample_rate;
  frames_ = 0;
  reset();
}

void Meter::reset() noexcept {
  peak_ = 0.0F;
  mean_square_ = 0.0;
}

void Meter::observe(const float* left, const float* right, uint32_t frames) noexcept {
  if (frames == 0) return;
  if (frames != frames_) take_length(frames);
  Float4 peaks{};
  Float4 powers{};
  uint32_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    const Float4 l = load(left + i);
    const Float4 r = load(right + i);
    peaks = larger(larger(magnitude(l), magnitude(r)), peaks);
    powers += l * l + r * r;
  }
  float peak = std::max(std::max(peaks[0], peaks[1]), std::max(peaks[2], peaks[3]));
  float power = sum(powers);
  for (; i < frames; ++i) {
    peak = std::max(peak, std::max(std::fabs(left[i]), std::fabs(right[i])));
    power += left[i] * left[i] + right[i] * right[i];
  }
  // A broken device's NaN would stay in the mean for ever.
  if (!std::isfinite(peak) || !std::isfinite(power)) return;
  const float fallen = peak_ * fall_;
  peak_ = std::max(peak, fallen < kSilence ? 0.0F : fallen);
  mean_square_ += (0.5 * static_cast<double>(power) / frames - mean_square_) * way_;
}

void Meter::take_length(uint32_t frames) noexcept {
  const double seconds = frames / sample_rate_;
  frames_ = frames;
  fall_ = static_cast<float>(std::exp(-seconds / kFallS));
  way_ = 1.0 - std::exp(-seconds / kRmsS);
}

float Meter::rms() const noexcept { return static_cast<float>(std::sqrt(mean_square_)); }

}  // namespace tutti::mix
