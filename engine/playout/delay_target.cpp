#include "playout/delay_target.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <numeric>

namespace tutti::playout {
namespace {

constexpr double kBinMs = 0.5;
constexpr double kBucketS = 0.5;
constexpr double kDecideEveryS = 0.1;
constexpr double kReadyS = 0.1;
constexpr double kFasterMs = 1.0;
constexpr int kFasterPackets = 64;
// The base may be so far from its place before the bins follow it.
constexpr double kAstrayBins = 20.0;

// Moves all counts down by `bins`, or up if that is negative. What is in the last bin, or gets
// there, stays in it.
template <typename Counts>
void shift_down(Counts& counts, int bins) noexcept {
  const ptrdiff_t way = std::min(std::abs(bins), static_cast<int>(counts.size()) - 1);
  uint32_t latest = counts.back();
  counts.back() = 0;
  if (bins > 0) {
    std::move(counts.begin() + way, counts.end(), counts.begin());
    std::fill(counts.end() - way, counts.end(), 0);
  } else {
    latest = std::accumulate(counts.end() - way, counts.end(), latest);
    std::move_backward(counts.begin(), counts.end() - way, counts.end());
    std::fill(counts.begin(), counts.begin() + way, 0);
  }
  counts.back() = static_cast<typename Counts::value_type>(counts.back() + latest);
}

}  // namespace

void DelayTarget::configure(double sample_rate) {
  sample_rate_ = sample_rate;
  bin_frames_ = kBinMs * sample_rate / 1000.0;
  bucket_frames_ = static_cast<int64_t>(kBucketS * sample_rate);
  buckets_.assign(kBuckets, {});
  reset();
}

void DelayTarget::reset() noexcept {
  for (auto& bucket : buckets_) bucket.begin = -1;
  current_ = 0;
  total_.fill(0);
  count_ = 0;
  first_at_ = -1;
  faster_in_a_row_ = 0;
  decide_at_ = 0;
  base_ = 0.0;
  depth_ = 0.0;
}

void DelayTarget::set_late_cost(double ms_per_percent) noexcept {
  late_cost_ =
      std::isnan(ms_per_percent) ? kDefaultLateCost : std::clamp(ms_per_percent, 1.0, 100.0);
  decide_at_ = 0;
}

bool DelayTarget::ready(int64_t now) const noexcept {
  return first_at_ >= 0 && static_cast<double>(now - first_at_) >= kReadyS * sample_rate_;
}

int DelayTarget::bin_of(double requirement) const noexcept {
  const double bin = std::floor((requirement - origin_) / bin_frames_);
  return static_cast<int>(std::clamp(bin, -1.0, kBins - 1.0));
}

void DelayTarget::open_bucket(int64_t now) noexcept {
  current_ = (current_ + 1) % buckets_.size();
  Bucket& oldest = buckets_[current_];
  if (oldest.begin >= 0) {
    for (size_t i = 0; i < total_.size(); ++i) total_[i] -= oldest.late_by[i];
    count_ -= oldest.count;
  }
  oldest.begin = now;
  oldest.fastest = 1e300;
  oldest.count = 0;
  oldest.late_by.fill(0);
}

void DelayTarget::observe(double requirement, int64_t now) noexcept {
  // All faster than the fastest before: another route, or our own clock stood still for a while.
  // What was learned does not apply.
  if (faster_in_a_row_ == 0) usual_base_ = base_;
  const bool faster =
      first_at_ >= 0 && requirement < usual_base_ - kFasterMs * bin_frames_ / kBinMs;
  faster_in_a_row_ = faster ? faster_in_a_row_ + 1 : 0;
  if (faster_in_a_row_ >= kFasterPackets || (first_at_ >= 0 && bin_of(requirement) < 0)) reset();
  if (first_at_ < 0) {
    first_at_ = now;
    origin_ = requirement - kHeadroomBins * bin_frames_;
    open_bucket(now);
  } else if (now - buckets_[current_].begin >= bucket_frames_) {
    open_bucket(now);
  }

  Bucket& bucket = buckets_[current_];
  const auto bin = static_cast<size_t>(bin_of(requirement));
  if (bucket.count < UINT16_MAX) {
    ++bucket.count;
    ++bucket.late_by[bin];
    ++total_[bin];
    ++count_;
  }
  bucket.fastest = std::min(bucket.fastest, requirement);

  if (now >= decide_at_) {
    decide();
    decide_at_ = now + static_cast<int64_t>(kDecideEveryS * sample_rate_);
  }
}

// Two clocks drift apart without end, so the bins go along with the base.
void DelayTarget::follow_base() noexcept {
  const double astray = std::floor((base_ - origin_) / bin_frames_) - kHeadroomBins;
  if (std::fabs(astray) < kAstrayBins) return;
  const auto bins = static_cast<int>(std::clamp(astray, -1.0 * kBins, 1.0 * kBins));
  for (auto& bucket : buckets_) shift_down(bucket.late_by, bins);
  shift_down(total_, bins);
  origin_ += astray * bin_frames_;
}

void DelayTarget::decide() noexcept {
  double fastest = 1e300;
  for (const auto& bucket : buckets_) {
    if (bucket.begin >= 0) fastest = std::min(fastest, bucket.fastest);
  }
  base_ = fastest;
  follow_base();

  const double percent = 100.0 / static_cast<double>(count_);
  const int first = std::max(0, bin_of(base_));
  uint32_t in_time = 0;
  double least = 1e300;
  for (int bin = first; bin < kBins; ++bin) {
    in_time += total_[static_cast<size_t>(bin)];
    // The upper edge of the bin: everything in it is in time.
    const double depth = (bin + 1) * bin_frames_ - (base_ - origin_);
    const double ms = depth * 1000.0 / sample_rate_;
    const double cost = ms + late_cost_ * percent * static_cast<double>(count_ - in_time);
    if (cost < least && ms <= kMaxDelayMs) {
      least = cost;
      depth_ = depth;
    }
    if (in_time == count_) break;
  }
}

double DelayTarget::jitter_ms() const noexcept {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const uint32_t allowed = count_ / 20;
  uint32_t later = 0;
  int bin = kBins - 1;
  for (; bin > 0; --bin) {
    later += total_[static_cast<size_t>(bin)];
    if (later > allowed) break;
  }
  const double edge = (bin + 1) * bin_frames_ - (base_ - origin_);
  return std::max(0.0, edge) * 1000.0 / sample_rate_;
}

}  // namespace tutti::playout
