// Devices whose quanta are not of 128 frames: packets come several at a time, or several quanta are
// played of one. On a network that does nothing else, that must cost neither sound nor time.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <ostream>
#include <vector>

#include "engine.h"
#include "signals.h"

namespace tutti {
namespace {

constexpr double kFramesPerMs = 48.0;
constexpr double kEpochUs = 1.7e15;
// The network thread stamps the time so often; a browser's timers are late by as much.
constexpr double kClockMs = 10.0;
constexpr double kTimerMs = 2.0;

struct Device {
  uint32_t quantum;  // frames
  uint32_t packet;   // frames
};

std::ostream& operator<<(std::ostream& out, const Device& device) {
  return out << "quanta of " << device.quantum << ", packets of " << device.packet;
}

// Two equal devices; the sender's clock is `ppm` faster. A packet is handed over at the beginning
// of a quantum; before that it waits for `waiting` of one, less up to `jitter_ms` (at first, where
// the clocks drift apart).
class Duo {
 public:
  Duo(const Device& device, double waiting, double jitter_ms, double ppm = 0.0)
      : device_(device), jitter_ms_(jitter_ms), ppm_(ppm), way_((2.0 - waiting) * device.quantum) {
    const EngineConfig config{48000, device.quantum, 1, device.packet, 16};
    EXPECT_TRUE(sender_->configure(config));
    EXPECT_TRUE(receiver_->configure(config));
    receiver_->add_peer(0);
  }

  void run(double seconds) {
    const double until = static_cast<double>(now_) + seconds * 1000.0 * kFramesPerMs;
    std::vector<float> left(device_.quantum);
    std::vector<float> right(device_.quantum);
    while (static_cast<double>(now_) < until) {
      now_ += device_.quantum;
      const auto here = static_cast<double>(now_);
      while (captured_at() + device_.quantum <= here) send();
      for (; clock_at_ <= here;
           clock_at_ += kFramesPerMs * random_.between(kClockMs, kClockMs + kTimerMs)) {
        receiver_->observe_clock(wall_us(clock_at_));
      }
      while (!under_way_.empty() && under_way_.begin()->first <= here) {
        const auto& [arrival, packet] = *under_way_.begin();
        receiver_->receive(0, packet, wall_us(arrival));
        under_way_.erase(under_way_.begin());
      }
      receiver_->render(left.data(), right.data(), device_.quantum);
    }
  }

  PeerReport report() const {
    PeerReport report{};
    EXPECT_TRUE(receiver_->report(0, report));
    return report;
  }

 private:
  static double wall_us(double frame) { return kEpochUs + frame * 1000.0 / kFramesPerMs; }

  // When the sender's next quantum is captured.
  double captured_at() const { return static_cast<double>(captured_) / (1.0 + ppm_ * 1e-6); }

  void send() {
    const std::vector<float> sound = test::tone(440.0, device_.quantum);
    const float* const input = sound.data();
    const double at = captured_at();
    captured_ += device_.quantum;
    sender_->observe_clock(wall_us(at));
    const uint32_t packets = sender_->capture(&input, 1, device_.quantum);
    for (uint32_t i = 0; i < packets; ++i) {
      const auto bytes = sender_->packet(i);
      const double jitter = kFramesPerMs * random_.between(0.0, jitter_ms_);
      under_way_.emplace(at + way_ + jitter, std::vector<uint8_t>(bytes.begin(), bytes.end()));
    }
  }

  Device device_;
  double jitter_ms_;
  double ppm_;
  double way_;  // frames
  std::unique_ptr<Engine> sender_ = std::make_unique<Engine>();
  std::unique_ptr<Engine> receiver_ = std::make_unique<Engine>();
  test::Random random_{1};
  std::multimap<double, std::vector<uint8_t>> under_way_;
  int64_t captured_ = 0;  // frames of the sender's clock
  int64_t now_ = 0;
  double clock_at_ = 0.0;
};

class Quantum : public testing::TestWithParam<Device> {};

INSTANTIATE_TEST_SUITE_P(Devices, Quantum,
                         testing::Values(Device{64, 64}, Device{64, 128}, Device{120, 128},
                                         Device{128, 128}, Device{192, 128}, Device{240, 128},
                                         Device{256, 128}, Device{360, 128}, Device{480, 128},
                                         Device{480, 64}));

// The oldest sound of a burst is so much older than its newest, and 1 ms is for what steps there
// are between depths.
TEST_P(Quantum, PlaysWithoutAGapOrANeedlessDelay) {
  const Device device = GetParam();
  for (const double jitter_ms : {0.0, 1.0}) {
    // As long as the jitter does not carry packets into the next quantum.
    for (const double waiting : {0.5, 0.75, 0.95}) {
      const double least_wait = waiting * device.quantum - jitter_ms * kFramesPerMs;
      if (least_wait < 0.35 * kFramesPerMs) continue;
      Duo duo(device, waiting, jitter_ms);
      duo.run(3.0);
      const PeerReport begun = duo.report();
      duo.run(20.0);
      const PeerReport played = duo.report();
      const double most_ms = (device.quantum + device.packet) / kFramesPerMs + jitter_ms + 1.0;
      SCOPED_TRACE(testing::Message()
                   << device << ", waiting " << waiting << ", jitter of " << jitter_ms << " ms");
      EXPECT_EQ(played.concealed_frames, begun.concealed_frames);
      EXPECT_EQ(played.late, begun.late);
      EXPECT_LE(played.playout_delay_ms, most_ms);
    }
  }
}

// The packets come more and more into the quantum before, and nobody knows yet why. What is then
// missing for a moment is not to be missing time and again.
TEST_P(Quantum, IsLeftForTheOneBeforeWithoutManyGaps) {
  const Device device = GetParam();
  Duo duo(device, 0.95, 1.0, 30.0);
  duo.run(3.0);
  const PeerReport begun = duo.report();
  duo.run(17.0);
  const PeerReport played = duo.report();
  SCOPED_TRACE(testing::Message() << device);
  EXPECT_LE(played.concealed_frames - begun.concealed_frames, 2 * device.quantum);
  EXPECT_LE(played.discontinuities - begun.discontinuities, 4);
}

}  // namespace
}  // namespace tutti
