// From the 16-bit sequence on the wire to a number that never wraps.
//
// Any thread, no allocation, noexcept.
#pragma once

#include <cstdint>

namespace tutti::wire {

class SequenceUnwrapper {
 public:
  // The unwrapped number nearest to the newest seen. The first one lands a whole round up, so that
  // those before it stay positive.
  int64_t unwrap(uint16_t sequence) const noexcept {
    if (newest_ < 0) return kRound + sequence;
    const auto step = static_cast<int16_t>(sequence - static_cast<uint16_t>(newest_));
    return newest_ + step;
  }

  // Advances; older numbers change nothing.
  void observe(int64_t unwrapped) noexcept {
    if (unwrapped > newest_) newest_ = unwrapped;
  }

  // The sender began anew: `sequence` gets a number beyond every one given so far, and further
  // away than any packet could be late.
  int64_t restart(uint16_t sequence) noexcept {
    newest_ = (((newest_ >> 16) + 2) << 16) | sequence;
    return newest_;
  }

  void reset() noexcept { newest_ = -1; }
  // -1 before the first.
  int64_t newest() const noexcept { return newest_; }

 private:
  static constexpr int64_t kRound = 1 << 16;
  int64_t newest_ = -1;
};

}  // namespace tutti::wire
