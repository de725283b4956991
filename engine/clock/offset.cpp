#include "clock/offset.h"

#include <algorithm>
#include <cmath>

namespace tutti::clock {
namespace {

// Browsers round their clocks to as much as 1 ms at either end.
constexpr double kCoarseUs = 2000.0;

}  // namespace

void Offset::observe(double sent_us, double far_received_us, double far_sent_us,
                     double received_us) noexcept {
  const double round_trip = (received_us - sent_us) - (far_sent_us - far_received_us);
  const double offset = ((far_received_us - sent_us) + (far_sent_us - received_us)) / 2.0;
  if (!std::isfinite(round_trip) || !std::isfinite(offset) || round_trip < -kCoarseUs) return;
  exchanges_[count_ % kExchanges] = {offset, std::max(0.0, round_trip)};
  ++count_;
}

const Offset::Exchange& Offset::best() const noexcept {
  const size_t kept = std::clamp<size_t>(count_, 1, kExchanges);
  return *std::min_element(
      exchanges_.begin(), exchanges_.begin() + static_cast<ptrdiff_t>(kept),
      [](const Exchange& a, const Exchange& b) { return a.round_trip_us < b.round_trip_us; });
}

}  // namespace tutti::clock
