#include "clock/skew.h"

#include <algorithm>
#include <cmath>

namespace tutti::clock {
namespace {

constexpr double kRate = 48000.0;
constexpr double kPointFrames = 0.5 * kRate;
// Fewer packets than this in half a second say nothing.
constexpr size_t kFewest = 8;
constexpr size_t kFewestPoints = 4;
constexpr size_t kLongestLag = 20;
// Standard errors, nearly.
constexpr double kSure = 2.0;
// A pause longer than this (the sender's, or our own clock's): what was known is of another time.
constexpr double kPauseFrames = 5.0 * kRate;

}  // namespace

void Skew::reset() noexcept {
  count_ = 0;
  first_ = true;
  next_ = 0;
  known_points_ = 0;
  known_ = false;
  value_ = 0.0;
}

void Skew::observe(double arrived, int64_t first) noexcept {
  const double offset = arrived - static_cast<double>(first);
  const double length = kPointFrames * (first_ ? 1.0 - stagger_ : 1.0);
  if (count_ > 0 && (arrived - begin_ >= length || arrived < begin_)) close();
  if (count_ == 0) {
    begin_ = arrived;
    reference_ = offset;
  }
  if (count_ < kMaxValues) values_[count_++] = static_cast<float>(offset - reference_);
}

void Skew::close() noexcept {
  const size_t count = count_;
  count_ = 0;
  first_ = false;
  if (count < kFewest) return;
  if (known_points_ > 0 && begin_ - back(0).at > kPauseFrames) known_points_ = 0;
  const size_t tenth = count / 10;
  std::nth_element(values_.begin(), values_.begin() + static_cast<ptrdiff_t>(tenth),
                   values_.begin() + static_cast<ptrdiff_t>(count));
  points_[next_] = {begin_, reference_ + static_cast<double>(values_[tenth])};
  next_ = (next_ + 1) % kPoints;
  known_points_ = std::min(known_points_ + 1, kPoints);
  estimate();
}

void Skew::estimate() noexcept {
  // The longer, the less an offset's noise counts; but a step spoils as many pairs as the lag is
  // long, and of a quarter that is a third of the pairs.
  if (known_points_ < kFewestPoints) return;
  const size_t lag = std::min(kLongestLag, known_points_ / 4);
  const size_t pairs = known_points_ - lag;
  std::array<double, kPoints> slopes{};
  for (size_t i = 0; i < pairs; ++i) {
    const Point& late = back(i);
    const Point& early = back(i + lag);
    slopes[i] = (late.offset - early.offset) / (late.at - early.at);
  }
  auto* const begin = slopes.data();
  const auto quantile = [&](size_t numerator) {
    auto* const at = begin + pairs * numerator / 4;
    std::nth_element(begin, at, begin + pairs);
    return *at;
  };
  const double median = quantile(2);
  const double spread = quantile(3) - quantile(1);
  // Pairs less than a lag apart tell nearly the same.
  const double error =
      spread / std::sqrt(1.0 + static_cast<double>(pairs) / static_cast<double>(lag));
  // A network that wanders looks like drift for a while, and to follow it would be a mistake as
  // large as it wanders; no drift is the best guess then.
  const bool sure = std::fabs(median) > (value_ != 0.0 ? kSure / 2.0 : kSure) * error;
  constexpr double kMax = kMaxPpm * 1e-6;
  // Arrivals come ever earlier on the sender's timeline when the sender is faster.
  value_ = sure ? std::clamp(-median, -kMax, kMax) : 0.0;
  known_ = true;
}

}  // namespace tutti::clock
