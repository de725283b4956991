#include "playout/interpolator.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace tutti::playout {
namespace {

constexpr double kCutoff = 0.97;  // of the Nyquist frequency
constexpr double kKaiserBeta = 10.0;

// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x) noexcept {
  double sum = 1.0;
  double term = 1.0;
  for (int k = 1; k < 40; ++k) {
    const double f = x / (2.0 * k);
    term *= f * f;
    sum += term;
  }
  return sum;
}

double windowed_sinc(double distance, double half_width) noexcept {
  const double t = distance / half_width;
  if (std::fabs(t) >= 1.0) return 0.0;
  const double window = bessel_i0(kKaiserBeta * std::sqrt(1.0 - t * t)) / bessel_i0(kKaiserBeta);
  const double x = std::numbers::pi * kCutoff * distance;
  return kCutoff * window * (std::fabs(x) < 1e-9 ? 1.0 : std::sin(x) / x);
}

}  // namespace

Interpolator::Interpolator() noexcept {
  for (int phase = 0; phase <= kPhases; ++phase) {
    auto& taps = table_[static_cast<size_t>(phase)];
    double sum = 0.0;
    std::array<double, kTaps> exact{};
    for (int t = 0; t < kTaps; ++t) {
      const double distance = t - kBefore - static_cast<double>(phase) / kPhases;
      exact[static_cast<size_t>(t)] = windowed_sinc(distance, kTaps / 2.0);
      sum += exact[static_cast<size_t>(t)];
    }
    // Unity at DC for every phase: otherwise a slow ratio hums with the phase.
    for (size_t t = 0; t < kTaps; ++t) taps[t] = static_cast<float>(exact[t] / sum);
  }
}

void Interpolator::read(const float* source, double fraction, double ratio, float* out,
                        uint32_t count) const noexcept {
  if (fraction == 0.0 && ratio == 1.0) {
    std::copy_n(source, count, out);
    return;
  }
  for (uint32_t i = 0; i < count; ++i) {
    const double position = fraction + i * ratio;
    const double whole = std::floor(position);
    const double phase = (position - whole) * kPhases;
    const auto lower = static_cast<size_t>(phase);
    const float blend = static_cast<float>(phase - static_cast<double>(lower));
    const float* x = source + static_cast<ptrdiff_t>(whole) - kBefore;
    const float* a = table_[lower].data();
    const float* b = table_[lower + 1].data();
    // Eight partial sums, so that the compiler may use SIMD without reordering float additions.
    std::array<float, 8> sum{};
    for (size_t t = 0; t < kTaps; t += sum.size()) {
      for (size_t l = 0; l < sum.size(); ++l) {
        sum[l] += x[t + l] * (a[t + l] + blend * (b[t + l] - a[t + l]));
      }
    }
    out[i] = ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
  }
}

}  // namespace tutti::playout
