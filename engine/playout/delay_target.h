// How late a stream is played: the playout delay that costs least, judged by the arrivals seen.
//
// A packet's *requirement* is the offset (local frame at which it became available, minus its
// first frame on the sender's timeline) that the playout must have for it to be in time. Playing
// follows a window of a certain depth: when a packet is late the offset goes up to it at once
// (nothing could be played meanwhile anyway), and it never stays more than the depth above a packet
// that arrives. So an outage, a queue or another route is followed within a packet, whatever the
// depth; the depth says how much jitter is waited for.
//
// Which depth? A hundred and twenty-eight of them, 0 to 250 ms, follow the same arrivals side by
// side. The cost of each = its mean delay in ms + `late_cost` for every percent of sound that it
// missed, both fading over half a minute; the cheapest is taken. A musician's choice between quick
// and safe is that weight, and works at once because delay and misses are remembered apart.
// After: Jamulus's simulated depths (src/buffer.cpp, "simulation" buffers), with a cost in place of
// an error rate, and milliseconds in place of blocks.
//
// Units: frames of the local clock at 48 kHz, unless the name says ms.
// One thread; no allocation, noexcept; bounded work.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tutti::playout {

class DelayTarget {
 public:
  // ms of delay that one percent of late packets is worth.
  static constexpr double kDefaultLateCost = 10.0;
  static constexpr double kMaxDelayMs = 250.0;

  void configure(double sample_rate) noexcept;
  void reset() noexcept;

  // A packet that holds `frames` frames; `newest`: no later one has come before it. One that was
  // overtaken is not waited for: it is missed, if it is late, and that is all.
  void observe(double requirement, int64_t frames, int64_t now, bool newest = true) noexcept;
  // The two clocks have drifted apart so far: every requirement is now larger by so many frames.
  void drift(double frames) noexcept;

  // From here on requirements are reckoned in another way: begin a new base.
  void renew_base() noexcept;

  // The arrivals so far are enough to begin with (100 ms of them).
  bool ready(int64_t now) const noexcept;

  // 1 (quick) to 100 (safe); out of range is clamped, a NaN is the default. Takes effect at once.
  void set_late_cost(double ms_per_percent) noexcept;
  // How far the offset may be above the fastest packet of the moment, frames.
  double depth() const noexcept { return depth_; }
  // Requirement of the fastest packet of the last eight seconds, or since the route became slower;
  // only when ready.
  double base() const noexcept { return base_ + drifted_; }
  // All but the slowest 5 % of the packets of the last eight seconds came within so many ms of the
  // base; NaN before there are any.
  double jitter_ms() const noexcept;

 private:
  static constexpr size_t kDepths = 128;
  static constexpr size_t kBuckets = 16;  // of half a second
  static constexpr int kBins = 256;       // of one ms
  struct Bucket {
    int64_t begin = -1;
    double first = 0.0;
    double fastest = 0.0;
    std::array<uint16_t, kBins> counts{};  // by requirement; the first is in kFirstBin
  };

  void open_bucket(double requirement, int64_t now) noexcept;
  void follow(float requirement, float ms, bool newest) noexcept;
  void choose() noexcept;

  double sample_rate_ = 48000.0;
  int64_t bucket_frames_ = 24000;
  double late_cost_ = kDefaultLateCost;

  // Structures of arrays, so that all depths are followed with SIMD. Offsets are counted from
  // origin_, so that floats do; in ms.
  alignas(16) std::array<float, kDepths> depths_{};
  alignas(16) std::array<float, kDepths> offsets_{};
  alignas(16) std::array<float, kDepths> delays_{};  // mean offset
  alignas(16) std::array<float, kDepths> misses_{};  // mean share missed
  double origin_ = 0.0;                              // frames
  float seen_ms_ = 0.0F;                             // of sound, up to the memory
  size_t chosen_ = 0;

  // What is remembered of requirements is less this, so that a drift moves it all at once.
  double drifted_ = 0.0;
  std::array<Bucket, kBuckets> buckets_{};
  size_t current_ = 0;
  int64_t first_at_ = -1;
  double base_ = 0.0;
  double depth_ = 0.0;
};

}  // namespace tutti::playout
