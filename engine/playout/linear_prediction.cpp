#include "playout/linear_prediction.h"

#include <kiss_fftr.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "simd.h"

namespace tutti::playout {
namespace {

// Added to the energy: a pure tone would otherwise divide nothing by nothing. Less than what 16
// bits leave behind; a transform in single precision would need a hundred times as much.
constexpr double kRegularisation = 1e-8;
// -120 dBFS: below this there is nothing to be predicted.
constexpr double kSilence = 1e-12;
// The window's fall, of its length, and at most 128 frames.
constexpr double kFallShare = 1.0 / 16.0;
constexpr double kFallFrames = 128.0;

std::vector<float> window(size_t frames) {
  std::vector<float> w(frames);
  const double fall = std::min(kFallFrames, static_cast<double>(frames) * kFallShare);
  const double rise = static_cast<double>(frames) - fall;
  for (size_t i = 0; i < frames; ++i) {
    const double at = static_cast<double>(i) + 0.5;
    const double down = std::cos(std::numbers::pi / 2.0 * std::max(0.0, at - rise) / fall);
    w[i] = static_cast<float>(std::sqrt(std::min(1.0, at / rise)) * down * down);
  }
  return w;
}

}  // namespace

struct LinearPrediction::Stage {
  size_t size = 0;  // of the FFT: history and order fit in, so that no lag wraps
  std::vector<float> window;
  kiss_fftr_cfg forward = nullptr;
  kiss_fftr_cfg backward = nullptr;
};

LinearPrediction::LinearPrediction() = default;

LinearPrediction::~LinearPrediction() {
  for (Stage& stage : stages_) {
    std::free(stage.forward);
    std::free(stage.backward);
  }
}

bool LinearPrediction::configure() {
  if (!stages_.empty()) return true;
  for (const Plan& plan : kPlans) {
    Stage& stage = stages_.emplace_back();
    stage.size = 512;
    while (stage.size < plan.history + plan.order) stage.size *= 2;
    stage.window = window(plan.history);
    const auto size = static_cast<int>(stage.size);
    stage.forward = kiss_fftr_alloc(size, 0, nullptr, nullptr);
    stage.backward = kiss_fftr_alloc(size, 1, nullptr, nullptr);
    if (stage.forward == nullptr || stage.backward == nullptr) return false;
  }
  signal_.assign(stages_[0].size, 0.0);
  spectrum_.assign(stages_[0].size + 2, 0.0);
  power_.assign(stages_[0].size + 2, 0.0);
  // A vector beyond the end, for whole vectors.
  correlation_.assign(kMaxOrder + 4, 0.0);
  predictor_.assign(kMaxOrder + 4, 0.0);
  return true;
}

size_t LinearPrediction::plan_for(size_t history, uint32_t work) noexcept {
  size_t plan = 0;
  while (plan < kPlans.size() && (kPlans[plan].history > history || kPlans[plan].work > work)) {
    ++plan;
  }
  return plan;
}

double LinearPrediction::fit(std::span<const std::span<const float>> history, size_t plan,
                             std::span<float> weights) noexcept {
  Stage& stage = stages_[plan];
  const size_t order = kPlans[plan].order;
  const size_t frames = kPlans[plan].history;
  const size_t size = stage.size;
  std::fill(weights.begin(), weights.end(), 0.0F);

  auto* const bins = reinterpret_cast<kiss_fft_cpx*>(spectrum_.data());
  std::fill_n(power_.begin(), size + 2, 0.0);
  for (const auto& channel : history) {
    const float* x = channel.data() + (channel.size() - frames);
    for (size_t i = 0; i < frames; ++i) signal_[i] = static_cast<double>(x[i] * stage.window[i]);
    std::fill(signal_.begin() + static_cast<ptrdiff_t>(frames),
              signal_.begin() + static_cast<ptrdiff_t>(size), 0.0);
    kiss_fftr(stage.forward, signal_.data(), bins);
    for (size_t i = 0; i < size + 2; i += 2) {
      power_[i] += spectrum_[i] * spectrum_[i] + spectrum_[i + 1] * spectrum_[i + 1];
    }
  }
  // Not scaled: size times the autocorrelation.
  kiss_fftri(stage.backward, reinterpret_cast<const kiss_fft_cpx*>(power_.data()), signal_.data());
  const double energy = signal_[0];
  const double scale = static_cast<double>(size) * static_cast<double>(frames * history.size());
  if (!(energy > kSilence * scale)) return 1.0;

  for (size_t lag = 0; lag <= order; ++lag) {
    correlation_[order - lag] = signal_[lag] / energy;
  }
  correlation_[order] += kRegularisation;
  const double unpredicted = recurse(order);
  for (size_t i = 0; i < order; ++i) weights[i] = -static_cast<float>(predictor_[order - i]);
  return std::clamp(unpredicted, 0.0, 1.0);
}

// Levinson's recursion, in double precision: single is not enough at such orders.
double LinearPrediction::recurse(size_t order) noexcept {
  std::fill(predictor_.begin(), predictor_.end(), 0.0);
  double* const a = predictor_.data();
  a[0] = 1.0;
  double error = correlation_[order];
  for (size_t m = 0; m < order; ++m) {
    // From lag m + 1 down to lag 1.
    const double k = -dot(a, correlation_.data() + (order - m - 1), m + 1) / error;
    // Rounding has eaten up what could be predicted: a lower order it is.
    if (!(std::fabs(k) < 1.0)) break;
    // a[i] and a[m + 1 - i] change each other: from both ends to the middle.
    const Double2 k2{k, k};
    size_t low = 0;
    size_t high = m + 1;
    for (; low + 3 < high; low += 2, high -= 2) {
      const Double2 x = load2(a + low);
      const Double2 y = load2(a + high - 1);
      store2(a + low, x + k2 * swapped(y));
      store2(a + high - 1, y + k2 * swapped(x));
    }
    for (; low < high; ++low, --high) {
      const double x = a[low];
      a[low] += k * a[high];
      a[high] += k * x;
    }
    if (low == high) a[low] += k * a[low];
    error *= 1.0 - k * k;
  }
  return error;
}

}  // namespace tutti::playout
