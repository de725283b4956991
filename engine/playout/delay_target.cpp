#include "playout/delay_target.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "simd.h"

namespace tutti::playout {
namespace {

constexpr double kBucketS = 0.5;
constexpr double kReadyS = 0.1;
constexpr float kMemoryMs = 30'000.0F;
// Another depth must be better by so many ms: fewer changes that do not pay.
constexpr double kHysteresisMs = 0.5;
// Depths grow apart: two thirds of a ms at the quick end, three at the safe one.
constexpr double kStepMs = 2.0 / 3.0;
constexpr double kStepGrowth = 0.02;
constexpr int kFirstBin = 64;
// All of the last 1.5 s so much slower than the fastest before: another route.
constexpr double kSlowerMs = 8.0;
constexpr size_t kSlowerBuckets = 3;
// A share missed that is taken for none: after an hour without a miss it would be so small a number
// that processors take a hundred times as long for it.
constexpr float kNothing = 1e-12F;
// Origin and offsets are brought together again when they are so far apart.
constexpr float kAstrayMs = 10'000.0F;

}  // namespace

void DelayTarget::configure(double sample_rate) noexcept {
  sample_rate_ = sample_rate;
  bucket_frames_ = static_cast<int64_t>(kBucketS * sample_rate);
  for (size_t i = 0; i < kDepths; ++i) {
    const auto n = static_cast<double>(i);
    depths_[i] = static_cast<float>(std::min(kStepMs * n * (1.0 + kStepGrowth * n), kMaxDelayMs));
  }
  reset();
}

void DelayTarget::reset() noexcept {
  for (auto& bucket : buckets_) bucket.begin = -1;
  current_ = 0;
  first_at_ = -1;
  drifted_ = 0.0;
  delays_.fill(0.0F);
  misses_.fill(0.0F);
  seen_ms_ = 0.0F;
  chosen_ = 0;
  base_ = 0.0;
  depth_ = 0.0;
}

void DelayTarget::set_late_cost(double ms_per_percent) noexcept {
  late_cost_ =
      std::isnan(ms_per_percent) ? kDefaultLateCost : std::clamp(ms_per_percent, 1.0, 100.0);
  if (first_at_ >= 0) choose();
}

bool DelayTarget::ready(int64_t now) const noexcept {
  return first_at_ >= 0 && static_cast<double>(now - first_at_) >= kReadyS * sample_rate_;
}

void DelayTarget::drift(double frames) noexcept {
  if (first_at_ >= 0) drifted_ += frames;
}

void DelayTarget::renew_base() noexcept {
  for (auto& bucket : buckets_) bucket.begin = -1;
}

void DelayTarget::observe(double requirement, int64_t frames, int64_t now, bool newest) noexcept {
  if (!std::isfinite(requirement)) return;
  requirement -= drifted_;
  if (first_at_ < 0) {
    first_at_ = now;
    origin_ = requirement;
    base_ = requirement;
    // Each begins as far above the first packet as it may be.
    offsets_ = depths_;
    open_bucket(requirement, now);
  } else if (now - buckets_[current_].begin >= bucket_frames_) {
    open_bucket(requirement, now);
  }
  Bucket& bucket = buckets_[current_];
  bucket.fastest = std::min(bucket.fastest, requirement);
  base_ = std::min(base_, requirement);
  const double bin = kFirstBin + (requirement - bucket.first) * 1000.0 / sample_rate_;
  uint16_t& count = bucket.counts[static_cast<size_t>(std::clamp(bin, 0.0, kBins - 1.0))];
  if (count < UINT16_MAX) ++count;

  const double ms = (requirement - origin_) * 1000.0 / sample_rate_;
  if (std::fabs(ms) > static_cast<double>(kAstrayMs)) {
    origin_ = requirement;
    for (float& offset : offsets_) offset -= static_cast<float>(ms);
  }
  const double relative = (requirement - origin_) * 1000.0 / sample_rate_;
  follow(static_cast<float>(relative),
         static_cast<float>(static_cast<double>(frames) * 1000.0 / sample_rate_), newest);
  choose();
}

// Every depth's offset after this packet, what it had to wait and what it missed.
void DelayTarget::follow(float requirement, float ms, bool newest) noexcept {
  seen_ms_ = std::min(seen_ms_ + ms, kMemoryMs);
  const Float4 weight = splat(ms / seen_ms_);
  const Float4 share = splat(1.0F / ms);
  const Float4 required = splat(requirement);
  // One that was overtaken is missed itself at most, and nobody goes up for it.
  constexpr float kAll = std::numeric_limits<float>::max();
  const Float4 most_missed = splat(newest ? kAll : ms);
  const Float4 highest = splat(newest ? kAll : -kAll);
  for (size_t i = 0; i < kDepths; i += 4) {
    const Float4 before = load(&offsets_[i]);
    const Float4 missed = smaller(larger(required - before, Float4{}), most_missed);
    const Float4 up = larger(before, smaller(required, highest));
    const Float4 after = smaller(up, required + load(&depths_[i]));
    store(&offsets_[i], after);
    const Float4 delay = load(&delays_[i]);
    store(&delays_[i], delay + weight * (after - delay));
    const Float4 miss = load(&misses_[i]);
    const Float4 fading = miss + weight * (missed * share - miss);
    store(&misses_[i], fading > splat(kNothing) ? fading : Float4{});
  }
}

void DelayTarget::choose() noexcept {
  const auto percent = static_cast<float>(100.0 * late_cost_);
  const auto costs = [&](size_t i) {
    return load(&delays_[i]) + splat(percent) * load(&misses_[i]);
  };
  const auto cost = [&](size_t i) { return costs(i / 4 * 4)[i % 4]; };
  Float4 lowest = costs(0);
  for (size_t i = 4; i < kDepths; i += 4) lowest = smaller(lowest, costs(i));
  const float least = std::min(std::min(lowest[0], lowest[1]), std::min(lowest[2], lowest[3]));
  if (least + static_cast<float>(kHysteresisMs) < cost(chosen_)) {
    chosen_ = 0;
    while (chosen_ + 1 < kDepths && cost(chosen_) > least) ++chosen_;
  }
  depth_ = static_cast<double>(depths_[chosen_]) * sample_rate_ / 1000.0;
}

void DelayTarget::open_bucket(double requirement, int64_t now) noexcept {
  const auto back = [&](size_t i) -> Bucket& {
    return buckets_[(current_ + kBuckets - i) % kBuckets];
  };
  double recent = std::numeric_limits<double>::max();
  for (size_t i = 0; i < kSlowerBuckets; ++i) recent = std::min(recent, back(i).fastest);
  const bool known = back(kSlowerBuckets - 1).begin >= 0;
  if (known && recent > base_ + kSlowerMs * sample_rate_ / 1000.0) {
    for (size_t i = kSlowerBuckets; i < kBuckets; ++i) back(i).begin = -1;
  }
  current_ = (current_ + 1) % kBuckets;
  buckets_[current_] = {now, requirement, requirement, {}};
  base_ = requirement;
  for (const auto& bucket : buckets_) {
    if (bucket.begin >= 0) base_ = std::min(base_, bucket.fastest);
  }
}

double DelayTarget::jitter_ms() const noexcept {
  std::array<uint32_t, kBins> above_base{};
  uint32_t total = 0;
  for (const auto& bucket : buckets_) {
    if (bucket.begin < 0) continue;
    const double first_ms = (bucket.first - base_) * 1000.0 / sample_rate_;
    for (int i = 0; i < kBins; ++i) {
      const uint32_t count = bucket.counts[static_cast<size_t>(i)];
      if (count == 0) continue;
      const double ms = std::clamp(first_ms + i - kFirstBin, 0.0, kBins - 1.0);
      above_base[static_cast<size_t>(ms)] += count;
      total += count;
    }
  }
  if (total == 0) return std::numeric_limits<double>::quiet_NaN();
  uint32_t later = 0;
  size_t i = above_base.size() - 1;
  for (; i > 0; --i) {
    later += above_base[i];
    if (later > total / 20) break;
  }
  return static_cast<double>(i);
}

}  // namespace tutti::playout
