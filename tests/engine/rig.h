// A sender, a network and a playout::Stream in virtual time: the sender's clock runs as fast as it
// is told to, each packet takes the way that the test gives it.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "capture/sender.h"
#include "playout/stream.h"
#include "wire/redundancy.h"

namespace tutti::test {

inline constexpr double kRate = 48000.0;
inline constexpr uint32_t kQuantum = 128;

// What the musician plays, by frame.
using Sound = std::function<float(int64_t frame)>;

inline Sound sine(double hz, double amplitude = 0.5) {
  return [=](int64_t n) {
    return static_cast<float>(amplitude *
                              std::sin(2.0 * M_PI * hz * static_cast<double>(n) / kRate));
  };
}

// A number in [0, 1) that depends on nothing but its arguments.
inline double noise(uint64_t seed, int64_t n) {
  uint64_t x =
      (seed + 1) * 0x9E3779B97F4A7C15ULL + static_cast<uint64_t>(n) * 0xBF58476D1CE4E5B9ULL;
  x ^= x >> 31U;
  x *= 0x94D049BB133111EBULL;
  x ^= x >> 29U;
  return static_cast<double>(x >> 11U) / 9007199254740992.0;
}

// Different in every frame and exact in 16 bits: tells which frame one hears.
inline float coded(int64_t n) {
  return static_cast<float>(static_cast<int16_t>((n * 7919) & 0xFFFF)) / 32768.0F;
}

class Rig {
 public:
  // Milliseconds that a packet is under way; nothing when it is lost.
  std::function<std::optional<double>(int64_t packet)> way = [](int64_t) { return 5.0; };
  Sound sound = coded;
  double sender_ppm = 0.0;  // how much faster the sender's clock runs than ours
  bool rendering = true;    // false: our own audio clock stands still
  bool sending = true;

  explicit Rig(uint32_t packet_frames = 128, uint32_t quantum = kQuantum) : quantum_(quantum) {
    tools_->configure();
    stream.configure(kRate, 2048, interpolator_, *tools_);
    sender.configure({48000, packet_frames, 16}, 2048);
    left_.resize(quantum);
    right_.resize(quantum);
  }

  // Goes on for so many ms of our wall clock.
  void run(double ms) {
    const auto until = wall_frames_ + static_cast<int64_t>(std::llround(ms * kRate / 1000.0));
    for (; wall_frames_ < until; wall_frames_ += quantum_) {
      if (sending) send();
      deliver();
      if (rendering) render();
    }
  }

  // The sender's page is opened anew: the sequence starts at 0 again.
  void restart_sender() { sender.reset(); }

  double wall_ms() const { return static_cast<double>(wall_frames_) * 1000.0 / kRate; }
  // Frames of `out` rendered in the last `ms`.
  std::vector<float> last(double ms) const {
    const auto n = static_cast<ptrdiff_t>(ms * kRate / 1000.0);
    return {out.end() - n, out.end()};
  }
  void hand_over(const std::vector<uint8_t>& bytes, double waited_ms = 10.0) {
    wire::Datagram datagram;
    if (datagram.parse(bytes) != wire::Refusal::kNone) return;
    stream.receive(datagram, now_, waited_ms * kRate / 1000.0);
  }

  playout::Stream stream;
  capture::Sender sender;
  std::vector<float> out;  // all that was rendered, left
  std::vector<float> out_right;
  // Bytes of every packet sent, by number.
  std::vector<std::vector<uint8_t>> sent;
  uint32_t copies = 1;   // redundancy
  int64_t captured = 0;  // frames, on the sender's timeline

 private:
  void send() {
    // Sender's frames that have been played by now.
    const double by_now = static_cast<double>(wall_frames_) * (1.0 + sender_ppm * 1e-6);
    while (static_cast<double>(captured + 128) <= by_now) {
      float block[128];
      for (int64_t i = 0; i < 128; ++i) block[i] = sound(captured + i);
      const float* input[1] = {block};
      const double wall_us = 1e15 + static_cast<double>(captured) * 1e6 / kRate;
      const uint32_t packets = sender.capture(input, 1, 128, wall_us);
      captured += 128;
      for (uint32_t i = 0; i < packets; ++i) {
        const auto bytes = sender.packet(i);
        sent.emplace_back(bytes.begin(), bytes.end());
        const auto number = static_cast<int64_t>(sent.size()) - 1;
        const std::optional<double> takes = way(number);
        const double whole_ms =
            static_cast<double>(captured) / (1.0 + sender_ppm * 1e-6) * 1000.0 / kRate;
        if (takes) under_way_.emplace(whole_ms + *takes, number);
      }
    }
  }
  void deliver() {
    while (!under_way_.empty() && under_way_.begin()->first <= wall_ms() + 1e-9) {
      const auto [arrival_ms, number] = *under_way_.begin();
      under_way_.erase(under_way_.begin());
      std::vector<uint8_t> datagram;
      for (int64_t k = number; k >= 0 && k > number - copies; --k) {
        const auto& bytes = sent[static_cast<size_t>(k)];
        datagram.insert(datagram.end(), bytes.begin(), bytes.end());
      }
      hand_over(datagram, wall_ms() - arrival_ms);
    }
  }
  void render() {
    stream.render(left_.data(), right_.data(), quantum_, now_);
    now_ += quantum_;
    out.insert(out.end(), left_.begin(), left_.end());
    out_right.insert(out_right.end(), right_.begin(), right_.end());
  }

  playout::Interpolator interpolator_;
  std::unique_ptr<playout::ConcealmentTools> tools_ = std::make_unique<playout::ConcealmentTools>();
  uint32_t quantum_;
  int64_t wall_frames_ = 0;
  int64_t now_ = 0;
  std::multimap<double, int64_t> under_way_;
  std::vector<float> left_;
  std::vector<float> right_;
};

inline float largest_step(const std::vector<float>& x) {
  float step = 0.0F;
  for (size_t i = 1; i < x.size(); ++i) step = std::max(step, std::fabs(x[i] - x[i - 1]));
  return step;
}

inline double rms(const std::vector<float>& x) {
  double power = 0.0;
  for (const float v : x) power += static_cast<double>(v) * static_cast<double>(v);
  return std::sqrt(power / static_cast<double>(x.size()));
}

}  // namespace tutti::test
