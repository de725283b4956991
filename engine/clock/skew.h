// How much faster a far clock runs than ours, from events that carry its time and take a while to
// reach us: packets of a stream, stamps of another thread.
//
// An event's arrival (our frames) minus its own time (the far clock's, in frames) falls by the skew
// for every frame that passes, and rises by what its way adds. Of each half second the tenth
// percentile is kept: near the fastest way, yet not a single packet's luck. The estimate is the
// median of the slopes between half seconds a lag apart, over the last minute: a change of route is
// one step and moves few of the slopes, so it does not pass for drift (after H. Theil 1950, P. K.
// Sen 1968). The lag grows from a half to 10 s as there is more to look at, so that it locks soon
// and settles well. What is not clearly different from nothing is taken for nothing.
//
// Frames are at 48 kHz. One thread; no allocation, noexcept; bounded work.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tutti::clock {

class Skew {
 public:
  // Crystals are within this; what goes beyond is the network.
  static constexpr double kMaxPpm = 500.0;

  void reset() noexcept;
  // The estimate is the work of one moment in every half second. Where there are many, let each
  // have moments of its own: this one's come earlier by a share of half a second, 0 to below 1.
  // Takes effect at the next reset().
  void stagger(double share) noexcept { stagger_ = share; }
  // A packet whose first frame is `first` on the sender's timeline arrived at local frame
  // `arrived`.
  void observe(double arrived, int64_t first) noexcept;

  // There is an estimate: two seconds of events.
  bool known() const noexcept { return known_; }
  // Far frames per local frame, minus 1; 0 while not known.
  double value() const noexcept { return value_; }

 private:
  static constexpr size_t kPoints = 120;     // of half a second
  static constexpr size_t kMaxValues = 512;  // of one; more are left out

  struct Point {
    double at = 0.0;      // local frame
    double offset = 0.0;  // frames
  };
  void close() noexcept;
  void estimate() noexcept;
  const Point& back(size_t i) const noexcept {  // 0 is the newest
    return points_[(next_ + kPoints - 1 - i) % kPoints];
  }

  std::array<float, kMaxValues> values_{};  // of the open half second, less its first one
  size_t count_ = 0;
  double stagger_ = 0.0;
  bool first_ = true;  // the half second that is open is the first
  double begin_ = 0.0;
  double reference_ = 0.0;
  std::array<Point, kPoints> points_{};
  size_t next_ = 0;
  size_t known_points_ = 0;
  bool known_ = false;
  double value_ = 0.0;
};

}  // namespace tutti::clock
