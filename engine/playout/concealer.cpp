#include "playout/concealer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tutti::playout {

void Concealer::begin(std::span<const float> history) noexcept {
  const size_t n = std::min<size_t>(history.size(), kHistory);
  const auto newest = history.last(n);
  std::reverse_copy(newest.begin(), newest.end(), past_.begin());
  known_ = static_cast<uint32_t>(n);
  done_ = 0;
}

void Concealer::extrapolate(std::span<float> out) noexcept {
  const uint32_t length = std::min(kFade, known_);
  for (float& x : out) {
    if (done_ >= length) {
      x = 0.0F;
      continue;
    }
    const float t = static_cast<float>(done_) / static_cast<float>(length);
    const float fade = 0.5F + 0.5F * std::cos(std::numbers::pi_v<float> * t);
    x = past_[done_] * fade;
    ++done_;
  }
}

}  // namespace tutti::playout
