#include "playout/timeline.h"

#include <algorithm>

namespace tutti::playout {

void Timeline::configure() {
  for (auto& channel : ring_) channel.assign(kFrames, 0.0F);
  slots_.assign(kPackets, {});
}

void Timeline::reset() noexcept {
  for (auto& channel : ring_) std::fill(channel.begin(), channel.end(), 0.0F);
  std::fill(slots_.begin(), slots_.end(), Slot{});
}

void Timeline::write(uint32_t channel, int64_t first, std::span<const float> frames) noexcept {
  auto& ring = ring_[channel];
  const size_t at = index_of(first, kFrames);
  const size_t head = std::min(frames.size(), ring.size() - at);
  std::copy_n(frames.begin(), head, ring.begin() + static_cast<ptrdiff_t>(at));
  std::copy(frames.begin() + static_cast<ptrdiff_t>(head), frames.end(), ring.begin());
}

void Timeline::read(uint32_t channel, int64_t first, std::span<float> frames) const noexcept {
  const auto& ring = ring_[channel];
  const size_t at = index_of(first, kFrames);
  const size_t head = std::min(frames.size(), ring.size() - at);
  std::copy_n(ring.begin() + static_cast<ptrdiff_t>(at), head, frames.begin());
  std::copy_n(ring.begin(), frames.size() - head, frames.begin() + static_cast<ptrdiff_t>(head));
}

void Timeline::move(int64_t end, int64_t count, int64_t distance) noexcept {
  for (auto& ring : ring_) {
    const auto copy = [&](int64_t frame) {
      ring[index_of(frame + distance, kFrames)] = ring[index_of(frame, kFrames)];
    };
    // Like memmove: start at the end towards which everything moves.
    if (distance > 0) {
      for (int64_t f = end - 1; f >= end - count; --f) copy(f);
    } else {
      for (int64_t f = end - count; f < end; ++f) copy(f);
    }
  }
}

void Timeline::widen() noexcept { ring_[1] = ring_[0]; }

}  // namespace tutti::playout
