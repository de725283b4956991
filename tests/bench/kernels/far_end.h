// Musicians far away, for kernels that receive: their packets, and when they come.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "capture/sender.h"
#include "signals.h"

namespace tutti::bench {

inline constexpr uint32_t kFrames = 128;  // of a packet and of a quantum

// Five partials and a little noise.
inline std::vector<float> chord(size_t frames, uint64_t seed) {
  std::vector<float> sound = test::white(frames, seed, 0.002);
  for (int partial = 1; partial <= 5; ++partial) {
    const double pitch = (110.0 + static_cast<double>(seed)) * partial;
    const std::vector<float> tone = test::tone(pitch, frames, 0.1 / partial);
    for (size_t i = 0; i < frames; ++i) sound[i] += tone[i];
  }
  return sound;
}

// Packets of 16 bits, the same sound again every 341 ms, numbered on without end. A clock that is
// `ppm` faster than ours sends them; they are 5 to 5.8 ms under way. (Were it always the same, the
// engine could not tell this clock's drift from its own audio clock's.)
class FarEnd {
 public:
  FarEnd(uint64_t seed, uint32_t channels, double ppm) : ppm_(ppm) {
    const std::vector<float> left = chord(size_t{kLoop} * kFrames, seed);
    const std::vector<float> right = chord(size_t{kLoop} * kFrames, seed + 100);
    capture::Sender sender;
    sender.configure({48000, kFrames, 16}, kFrames);
    if (channels > 1) sender.set_input(capture::InputChannels::kStereo);
    for (size_t k = 0; k < kLoop; ++k) {
      const std::array<const float*, 2> input{&left[k * kFrames], &right[k * kFrames]};
      sender.capture(input.data(), 2, kFrames, 0.0);
      const auto bytes = sender.packet(0);
      packets_.emplace_back(bytes.begin(), bytes.end());
    }
    send();
  }

  // Local frame at which the next packet comes.
  double arrival() const { return arrival_; }
  // The next packet, valid until this is called again.
  std::span<const uint8_t> next() {
    std::vector<uint8_t>& packet = packets_[static_cast<size_t>(number_) % kLoop];
    const auto captured_us =
        static_cast<uint64_t>(kEpochUs + static_cast<double>(number_) * 8000.0 / 3.0);
    for (unsigned i = 0; i < 8; ++i) packet[i] = static_cast<uint8_t>(captured_us >> (8 * i));
    packet[8] = static_cast<uint8_t>(number_);
    packet[9] = static_cast<uint8_t>(number_ >> 8);
    ++number_;
    send();
    return packet;
  }

  static constexpr double kEpochUs = 1.7e15;

 private:
  static constexpr size_t kLoop = 128;

  void send() {
    const double whole = static_cast<double>((number_ + 1) * kFrames) / (1.0 + ppm_ * 1e-6);
    arrival_ = std::max(arrival_, whole + random_.between(240.0, 280.0));
  }

  test::Random random_{13};
  double arrival_ = 0.0;
  std::vector<std::vector<uint8_t>> packets_;
  double ppm_;
  int64_t number_ = 0;
};

}  // namespace tutti::bench
