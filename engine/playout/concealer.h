// What is played where nothing has arrived: the sound just heard, mirrored in time (so that it
// goes on without a step) and faded to silence.
//
// One channel. One thread; no allocation, noexcept, work in proportion to the frames asked for.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace tutti::playout {

class Concealer {
 public:
  // Frames of the past that begin() can use.
  static constexpr uint32_t kHistory = 512;
  // Fade to silence: 10 ms at 48 kHz.
  static constexpr uint32_t kFade = 480;

  // `history` is the sound that ends where the gap begins, oldest first, at most kHistory frames.
  // With none the concealment is silence.
  void begin(std::span<const float> history) noexcept;
  // The next frames of the concealment; every call goes on where the last one ended.
  void extrapolate(std::span<float> out) noexcept;

 private:
  std::array<float, kHistory> past_{};  // newest first
  uint32_t known_ = 0;
  uint32_t done_ = 0;
};

}  // namespace tutti::playout
