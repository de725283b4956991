#include "playout/rescue.h"

#include <algorithm>

namespace tutti::playout {
namespace {

// Of the way back: to slew x ms at 0.5 % takes 200 x ms, at x / 2 ms too much on the average ...
constexpr double kSlewBack = 100.0;
// ... or it is left out, in part at places where something is missing anyway.
constexpr double kSkipBack = 0.75;
// Of the whole cost, what is paid before moving; tuned on recorded traces.
constexpr double kPatience = 0.25;

}  // namespace

bool Rescue::move(double late_ms, double quantum_ms, double miss_cost) noexcept {
  if (late_ms <= 0.0) {
    paid_ = 0.0;
    return false;
  }
  paid_ += quantum_ms * miss_cost;
  const double back = std::min(kSlewBack * late_ms * late_ms, kSkipBack * late_ms * miss_cost);
  if (paid_ < kPatience * back) return false;
  paid_ = 0.0;
  return true;
}

}  // namespace tutti::playout
