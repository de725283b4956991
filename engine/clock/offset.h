// How far another computer's clock is from ours, and how long the way there and back takes.
//
// Four timestamps of one exchange (NTP, RFC 5905 section 8): sent here, received there, answered
// there, received here. The exchange with the least round trip of the last few is least disturbed
// by queues; the error is at most half of it (if the two ways differ as much as they can).
//
// One thread; no allocation, noexcept. Times are us; ours and theirs are different clocks.
#pragma once

#include <array>
#include <cstddef>

namespace tutti::clock {

class Offset {
 public:
  void reset() noexcept { count_ = 0; }

  // Ignored when a time is not finite, or the round trip is negative beyond what coarse clocks do.
  void observe(double sent_us, double far_received_us, double far_sent_us,
               double received_us) noexcept;

  bool known() const noexcept { return count_ > 0; }
  // Their clock minus ours.
  double offset_us() const noexcept { return best().offset_us; }
  double round_trip_us() const noexcept { return best().round_trip_us; }

 private:
  struct Exchange {
    double offset_us = 0.0;
    double round_trip_us = 0.0;
  };
  const Exchange& best() const noexcept;

  static constexpr size_t kExchanges = 16;
  std::array<Exchange, kExchanges> exchanges_{};
  size_t count_ = 0;  // ever seen
};

}  // namespace tutti::clock
