// How late a stream is played: the playout delay that costs least, judged by the arrivals seen.
//
// A packet's *requirement* is the offset (local frame at which it became available, minus its
// first frame on the sender's timeline) that the playout must have for it to be in time. The
// fastest packet of a recent window is the base; the delay is counted from there. Cost of a delay
// = its milliseconds + `late_cost` for every percent of recent packets that it would miss: a
// musician's choice between quick and safe is that weight.
//
// Units: frames of the local clock at 48 kHz, unless the name says ms.
// One thread; configure() allocates, nothing else does; observe() does bounded work.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tutti::playout {

class DelayTarget {
 public:
  // ms of delay that one percent of late packets is worth.
  static constexpr double kDefaultLateCost = 10.0;
  static constexpr double kMaxDelayMs = 250.0;

  void configure(double sample_rate);
  void reset() noexcept;

  void observe(double requirement, int64_t now) noexcept;
  // A packet came too late: judge anew at the next observation.
  void reconsider() noexcept { decide_at_ = 0; }

  // The arrivals so far are enough to begin with (100 ms of them).
  bool ready(int64_t now) const noexcept;

  // 1 (quick) to 100 (safe); out of range is clamped, a NaN is the default.
  void set_late_cost(double ms_per_percent) noexcept;
  // Delay in frames above the base that costs least.
  double depth() const noexcept { return depth_; }
  // Requirement of the fastest packet of the last few seconds; only when ready.
  double base() const noexcept { return base_; }
  // The 95th percentile of the recent packets' delays above the base, ms; NaN before there are any.
  double jitter_ms() const noexcept;

 private:
  static constexpr int kBins = 640;          // of half a millisecond
  static constexpr int kHeadroomBins = 100;  // for packets faster than the base
  static constexpr int kBuckets = 16;        // of half a second
  struct Bucket {
    int64_t begin = -1;
    double fastest = 0.0;
    uint16_t count = 0;
    std::array<uint16_t, kBins> late_by{};  // the last bin: and all that is later still
  };

  int bin_of(double requirement) const noexcept;
  void open_bucket(int64_t now) noexcept;
  void follow_base() noexcept;
  void decide() noexcept;

  double sample_rate_ = 48000.0;
  double bin_frames_ = 24.0;
  int64_t bucket_frames_ = 24000;
  double late_cost_ = kDefaultLateCost;

  std::vector<Bucket> buckets_;
  size_t current_ = 0;
  std::array<uint32_t, kBins> total_{};
  uint32_t count_ = 0;
  double origin_ = 0.0;  // requirement at the lower edge of bin 0
  int64_t first_at_ = -1;
  int faster_in_a_row_ = 0;
  double usual_base_ = 0.0;  // before those
  int64_t decide_at_ = 0;
  double base_ = 0.0;
  double depth_ = 0.0;
};

}  // namespace tutti::playout
