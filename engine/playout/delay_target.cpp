#include "playout/delay_target.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace tutti::playout {
namespace {

constexpr double kBinMs = 0.5;
constexpr double kBucketS = 0.5;
constexpr double kDecideEveryS = 0.01;
constexpr double kReadyS = 0.1;
// How dear moving is held to be, against missing as much sound. More than 1 makes it remember
// longer; tuned on recorded traces, where anything from 2 to 8 is within one percent.
constexpr double kMoveCost = 4.0;
// What another offset must be better by, the same way.
constexpr double kHysteresis = 0.1;
// Networks change: what was seen so long ago counts a third.
constexpr double kMemoryS = 5.0;
// The base may be so far from its place before the bins follow it.
constexpr double kAstrayBins = 20.0;

// Moves everything down by `bins` (up when negative); what comes in is what was at that end.
void shift_down(std::vector<float>& values, int bins) noexcept {
  const ptrdiff_t way = std::min<ptrdiff_t>(std::abs(bins), std::ssize(values) - 1);
  if (bins > 0) {
    const float last = values.back();
    std::move(values.begin() + way, values.end(), values.begin());
    std::fill(values.end() - way, values.end(), last);
  } else {
    const float first = values.front();
    std::move_backward(values.begin(), values.end() - way, values.end());
    std::fill(values.begin(), values.begin() + way, first);
  }
}

}  // namespace

void DelayTarget::configure(double sample_rate) {
  sample_rate_ = sample_rate;
  bin_frames_ = kBinMs * sample_rate / 1000.0;
  bucket_frames_ = static_cast<int64_t>(kBucketS * sample_rate);
  work_.assign(kBins, 0.0F);
  recent_.assign(kBins, 0.0F);
  fresh_.assign(kBins, 0.0F);
  reset();
}

void DelayTarget::reset() noexcept {
  for (auto& bucket : buckets_) bucket.begin = -1;
  current_ = 0;
  std::fill(work_.begin(), work_.end(), 0.0F);
  std::fill(recent_.begin(), recent_.end(), 0.0F);
  std::fill(fresh_.begin(), fresh_.end(), 0.0F);
  fresh_ms_ = 0.0;
  first_at_ = -1;
  decided_at_ = 0;
  base_ = 0.0;
  offset_ = 0.0;
}

void DelayTarget::set_late_cost(double ms_per_percent) noexcept {
  const double before = late_cost_;
  late_cost_ =
      std::isnan(ms_per_percent) ? kDefaultLateCost : std::clamp(ms_per_percent, 1.0, 100.0);
  if (late_cost_ == before || first_at_ < 0) return;
  // What was paid was paid in the old coin. Begin with what would have been paid for the arrivals
  // that are still remembered.
  double total = 0.0;
  for (const float ms : recent_) total += static_cast<double>(ms);
  double later = 0.0;
  for (size_t i = work_.size(); i-- > 0;) {
    const double delay = static_cast<double>(i) * kBinMs;
    work_[i] = static_cast<float>(total * delay + miss_cost() * later);
    later += static_cast<double>(recent_[i]);
  }
  relax();
  choose();
}

bool DelayTarget::ready(int64_t now) const noexcept {
  return first_at_ >= 0 && static_cast<double>(now - first_at_) >= kReadyS * sample_rate_;
}

void DelayTarget::drift(double frames) noexcept {
  if (first_at_ < 0) return;
  origin_ += frames;
  offset_ += frames;
  base_ += frames;
  for (auto& bucket : buckets_) bucket.fastest += frames;
}

void DelayTarget::observe(double requirement, int64_t frames, int64_t now) noexcept {
  if (!std::isfinite(requirement)) return;
  // Faster than anything there is a bin for: our own clock stood still, or another route by far.
  if (first_at_ >= 0 && requirement < origin_) reset();
  if (first_at_ < 0) {
    first_at_ = now;
    origin_ = requirement - kHeadroomBins * bin_frames_;
    base_ = offset_ = requirement;
    buckets_[current_] = {now, requirement};
  } else if (now - buckets_[current_].begin >= bucket_frames_) {
    current_ = (current_ + 1) % kBuckets;
    buckets_[current_] = {now, requirement};
  }
  Bucket& bucket = buckets_[current_];
  bucket.fastest = std::min(bucket.fastest, requirement);
  base_ = std::min(base_, requirement);

  // In time at this bin's offset and above; the last bin: not even there.
  const double bin = std::ceil((requirement - origin_) / bin_frames_ - 1e-9);
  const double ms = static_cast<double>(frames) * 1000.0 / sample_rate_;
  fresh_[static_cast<size_t>(std::min(bin, kBins - 1.0))] += static_cast<float>(ms);
  fresh_ms_ += ms;
  if (static_cast<double>(now - decided_at_) >= kDecideEveryS * sample_rate_) decide(now);
}

void DelayTarget::decide(int64_t now) noexcept {
  decided_at_ = now;
  base_ = std::numeric_limits<double>::max();
  for (const auto& bucket : buckets_) {
    if (bucket.begin >= 0) base_ = std::min(base_, bucket.fastest);
  }
  take_fresh(fresh_ms_);
  relax();
  follow_base();
  choose();
}

void DelayTarget::take_fresh(double ms) noexcept {
  const auto keep = static_cast<float>(std::exp(-ms / (1000.0 * kMemoryS)));
  const auto miss = static_cast<float>(miss_cost());
  const auto total = static_cast<float>(ms);
  float later = 0.0F;
  for (size_t i = work_.size(); i-- > 0;) {
    const float delay = static_cast<float>(i) * static_cast<float>(kBinMs);
    work_[i] = keep * work_[i] + total * delay + miss * later;
    later += fresh_[i];
    recent_[i] = keep * recent_[i] + fresh_[i];
    fresh_[i] = 0.0F;
  }
  fresh_ms_ = 0.0;
}

// No offset can be worse than to come over from a better one.
void DelayTarget::relax() noexcept {
  const auto step = static_cast<float>(kMoveCost * miss_cost() * kBinMs);
  float least = work_[0];
  for (size_t i = 1; i < work_.size(); ++i) {
    work_[i] = std::min(work_[i], work_[i - 1] + step);
    least = std::min(least, work_[i]);
  }
  for (size_t i = work_.size() - 1; i-- > 0;) work_[i] = std::min(work_[i], work_[i + 1] + step);
  for (float& w : work_) w -= least;
}

void DelayTarget::choose() noexcept {
  const double step = kHysteresis * miss_cost() * kBinMs;
  const double here = (offset_ - origin_) / bin_frames_;
  const auto first = static_cast<size_t>(
      std::clamp(std::floor((base_ - origin_) / bin_frames_), 0.0, kBins - 1.0));
  const size_t last =
      std::min<size_t>(first + static_cast<size_t>(kMaxDelayMs / kBinMs), kBins - 1);
  double least = std::numeric_limits<double>::max();
  size_t best = first;
  for (size_t i = first; i <= last; ++i) {
    const double cost =
        static_cast<double>(work_[i]) + step * std::fabs(static_cast<double>(i) - here);
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  offset_ = origin_ + static_cast<double>(best) * bin_frames_;
}

// The fastest packet may become faster or slower without end, so the bins go along.
void DelayTarget::follow_base() noexcept {
  const double astray = std::floor((base_ - origin_) / bin_frames_) - kHeadroomBins;
  if (std::fabs(astray) < kAstrayBins) return;
  const auto bins = static_cast<int>(std::clamp(astray, -1.0 * kBins, 1.0 * kBins));
  shift_down(work_, bins);
  shift_down(recent_, bins);
  if (bins > 0) {
    std::fill(recent_.end() - std::min(bins, kBins), recent_.end(), 0.0F);
  } else {
    std::fill(recent_.begin(), recent_.begin() + std::min(-bins, kBins), 0.0F);
  }
  origin_ += astray * bin_frames_;
}

double DelayTarget::jitter_ms() const noexcept {
  double total = 0.0;
  for (const float ms : recent_) total += static_cast<double>(ms);
  if (total <= 0.0) return std::numeric_limits<double>::quiet_NaN();
  double later = 0.0;
  size_t i = recent_.size() - 1;
  for (; i > 0; --i) {
    later += static_cast<double>(recent_[i]);
    if (later > 0.05 * total) break;
  }
  const double offset = origin_ + static_cast<double>(i) * bin_frames_;
  return std::max(0.0, offset - base_) * 1000.0 / sample_rate_;
}

}  // namespace tutti::playout
