// How late a stream is played: the playout delay that costs least, judged by the arrivals seen.
//
// A packet's *requirement* is the offset (local frame at which it became available, minus its
// first frame on the sender's timeline) that the playout must have for it to be in time. Cost =
// milliseconds of delay + `late_cost` for every percent of sound that is missed: a musician's
// choice between quick and safe is that weight.
//
// Six hundred offsets, half a millisecond apart, are simulated side by side. The work function of
// each is the least cost at which one could have come to be there now, had one known the arrivals:
// what it would have cost to stay, or to come over from another offset (a move of x ms leaves out
// or makes up x ms of sound). It remembers a spike as long as moving twice would cost more than
// sitting it out, and no longer: no window to choose. The offset whose work function is least is
// the target; it gives way only to a clearly better one.
// Method: A. Borodin, N. Linial, M. Saks, "An optimal on-line algorithm for metrical task systems",
// JACM 39(4), 1992.
//
// Units: frames of the local clock at 48 kHz, unless the name says ms.
// One thread; configure() allocates, nothing else does; noexcept, bounded work.
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

  // A packet that holds `frames` frames.
  void observe(double requirement, int64_t frames, int64_t now) noexcept;
  // The two clocks have drifted apart so far: every requirement is now larger by so many frames.
  void drift(double frames) noexcept;

  // The arrivals so far are enough to begin with (100 ms of them).
  bool ready(int64_t now) const noexcept;

  // 1 (quick) to 100 (safe); out of range is clamped, a NaN is the default.
  void set_late_cost(double ms_per_percent) noexcept;
  // ms^2 that missing one ms of sound costs, when one ms of delay for one ms costs 1.
  double miss_cost() const noexcept { return 100.0 * late_cost_; }
  // The offset to be at; the one of before is kept unless another is clearly better.
  double offset() const noexcept { return offset_; }
  // offset() above base(), frames.
  double depth() const noexcept { return offset_ - base_; }
  // Requirement of the fastest packet of the last eight seconds; only when ready.
  double base() const noexcept { return base_; }
  // The 95th percentile of the recent packets' delays above the base, ms; NaN before there are any.
  double jitter_ms() const noexcept;

 private:
  static constexpr int kBins = 600;          // of half a millisecond
  static constexpr int kHeadroomBins = 100;  // for packets faster than the base
  static constexpr size_t kBuckets = 16;     // of half a second
  struct Bucket {
    int64_t begin = -1;
    double fastest = 0.0;
  };

  void decide(int64_t now) noexcept;
  void take_fresh(double ms) noexcept;
  void relax() noexcept;
  void choose() noexcept;
  void follow_base() noexcept;

  double sample_rate_ = 48000.0;
  double bin_frames_ = 24.0;
  int64_t bucket_frames_ = 24000;
  double late_cost_ = kDefaultLateCost;

  std::vector<float> work_;    // ms^2, least is 0
  std::vector<float> recent_;  // ms of sound by requirement, fading
  std::vector<float> fresh_;   // the same, since the last decision
  double origin_ = 0.0;        // offset of bin 0
  double fresh_ms_ = 0.0;
  int64_t decided_at_ = 0;

  std::array<Bucket, kBuckets> buckets_{};
  size_t current_ = 0;
  int64_t first_at_ = -1;
  double base_ = 0.0;
  double offset_ = 0.0;
};

}  // namespace tutti::playout
