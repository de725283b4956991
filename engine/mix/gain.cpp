#include "mix/gain.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tutti::mix {

float linear_gain(double db) noexcept {
  if (std::isnan(db)) return 1.0F;
  if (db <= static_cast<double>(kMinGainDb)) return 0.0F;
  return static_cast<float>(std::pow(10.0, std::min(db, static_cast<double>(kMaxGainDb)) / 20.0));
}

StereoGain pan_gain(double pan) noexcept {
  if (std::isnan(pan)) pan = 0.0;
  const double angle = (std::clamp(pan, -1.0, 1.0) + 1.0) * std::numbers::pi / 4.0;
  return {static_cast<float>(std::numbers::sqrt2 * std::cos(angle)),
          static_cast<float>(std::numbers::sqrt2 * std::sin(angle))};
}

}  // namespace tutti::mix
