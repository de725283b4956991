// Engines at other rates than the wire's, and between rates.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "engine.h"
#include "mix/limiter.h"
#include "signals.h"

namespace tutti {
namespace {

constexpr double kEpochUs = 1.7e15;
constexpr uint32_t kPeer = 2;

// A musician whose context runs at its own rate, in one wall time with the other.
struct Musician {
  Musician(uint32_t sample_rate, uint32_t frames) : rate(sample_rate), quantum(frames) {
    EXPECT_TRUE(engine.configure(
        {.sample_rate = rate, .max_frames = std::max(frames, 16U), .max_peers = 4}));
    EXPECT_TRUE(engine.add_peer(kPeer));
    left.resize(quantum);
    right.resize(quantum);
  }
  double seconds() const { return static_cast<double>(frame) / rate; }

  Engine engine;
  uint32_t rate;
  uint32_t quantum;
  int64_t frame = 0;
  std::vector<float> left;
  std::vector<float> right;
};

// What is played, by the time in seconds.
using Sound = double (*)(double seconds);
double a4(double t) { return 0.5 * std::sin(2.0 * std::numbers::pi * 440.0 * t); }

// The far one plays, the near one listens; a wire that takes no time.
class Call {
 public:
  Call(uint32_t far_rate, uint32_t far_quantum, uint32_t near_rate, uint32_t near_quantum)
      : far(far_rate, far_quantum), near(near_rate, near_quantum) {}

  void hold(double ms) {
    near.engine.set(Parameter::kPeerDelayMode, kPeer,
                    static_cast<double>(playout::DelayMode::kHold));
    near.engine.set(Parameter::kPeerDelayMs, kPeer, ms);
  }

  template <typename Play>
  void run(double seconds, const Play& play) {
    const double until = std::min(far.seconds(), near.seconds()) + seconds;
    while (std::min(far.seconds(), near.seconds()) < until) {
      if (far.seconds() <= near.seconds()) {
        capture(play);
      } else {
        render();
      }
    }
  }

  PeerReport report() const {
    PeerReport out{};
    EXPECT_TRUE(near.engine.report(kPeer, out));
    return out;
  }
  // The last frames that were heard, as many as there are in this time.
  std::vector<float> last(double seconds) const {
    const auto n = static_cast<ptrdiff_t>(seconds * near.rate);
    return {heard.end() - n, heard.end()};
  }

  Musician far;
  Musician near;
  uint32_t channels = 1;
  uint64_t packets = 0;
  bool keeping = true;
  std::vector<float> heard;  // left

 private:
  template <typename Play>
  void capture(const Play& play) {
    for (uint32_t i = 0; i < far.quantum; ++i) {
      const double t = static_cast<double>(far.frame + i) / far.rate;
      far.left[i] = static_cast<float>(play(t));
    }
    const std::array<const float*, 2> input{far.left.data(), far.left.data()};
    const double wall_us = kEpochUs + far.seconds() * 1e6;
    far.engine.observe_clock(wall_us);
    const uint32_t ready = far.engine.capture(input.data(), channels, far.quantum);
    for (uint32_t i = 0; i < ready; ++i) {
      EXPECT_EQ(near.engine.receive(kPeer, far.engine.packet(i), wall_us), wire::Refusal::kNone);
    }
    packets += ready;
    far.engine.render(far.left.data(), far.right.data(), far.quantum);
    far.frame += far.quantum;
  }
  void render() {
    near.engine.observe_clock(kEpochUs + near.seconds() * 1e6);
    near.engine.render(near.left.data(), near.right.data(), near.quantum);
    near.frame += near.quantum;
    if (keeping) heard.insert(heard.end(), near.left.begin(), near.left.end());
  }
};

// The sine that is nearest to what was heard.
struct Fit {
  double amplitude;
  double phase;   // of its first frame
  double snr_db;  // against all else
};
Fit fit(const std::vector<float>& x, double hz, double rate) {
  const double step = 2.0 * std::numbers::pi * hz / rate;
  // Least squares by the normal equations, since the stretch is no whole number of periods.
  double ss = 0.0;
  double sc = 0.0;
  double cc = 0.0;
  double xs = 0.0;
  double xc = 0.0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double s = std::sin(step * static_cast<double>(i));
    const double c = std::cos(step * static_cast<double>(i));
    const auto v = static_cast<double>(x[i]);
    ss += s * s;
    sc += s * c;
    cc += c * c;
    xs += v * s;
    xc += v * c;
  }
  const double determinant = ss * cc - sc * sc;
  const double a = (xs * cc - xc * sc) / determinant;
  const double b = (xc * ss - xs * sc) / determinant;
  double signal = 0.0;
  double rest = 0.0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double v =
        a * std::sin(step * static_cast<double>(i)) + b * std::cos(step * static_cast<double>(i));
    signal += v * v;
    const double error = static_cast<double>(x[i]) - v;
    rest += error * error;
  }
  return {std::hypot(a, b), std::atan2(b, a), 10.0 * std::log10(signal / rest)};
}

struct Rates {
  uint32_t far;
  uint32_t far_quantum;
  uint32_t near;
  uint32_t near_quantum;
};
const std::vector<Rates> kAll{
    {44100, 128, 44100, 128}, {96000, 128, 96000, 128}, {16000, 128, 16000, 128},
    {44100, 128, 48000, 128}, {48000, 128, 44100, 128}, {44100, 441, 48000, 17},
    {48000, 1, 96000, 1000},  {16000, 100, 44100, 1},   {192000, 2048, 8000, 128},
    {44101, 128, 22050, 64},  {48000, 128, 192000, 3},
};

TEST(EngineRate, ATonePassesBetweenAllRates) {
  for (const Rates& r : kAll) {
    for (const double hz : {440.0, 3000.0, 15000.0}) {
      if (hz > 0.41 * std::min(r.far, r.near)) continue;
      Call call(r.far, r.far_quantum, r.near, r.near_quantum);
      // More than the largest quanta here take.
      call.hold(40.0);
      call.run(0.5, [hz](double t) { return 0.5 * std::sin(2.0 * std::numbers::pi * hz * t); });
      const Fit heard = fit(call.last(0.2), hz, r.near);
      EXPECT_GT(heard.snr_db, 80.0) << r.far << " to " << r.near << " Hz, tone of " << hz;
      EXPECT_NEAR(heard.amplitude, 0.5, 1e-3) << r.far << " to " << r.near << " Hz, " << hz;
    }
  }
}

// The age that is reported is the one that is heard: the stamps of the sender and the clock of the
// listener take both conversions into account.
TEST(EngineRate, KnowsHowOldTheSoundIs) {
  for (const Rates& r : kAll) {
    Call call(r.far, r.far_quantum, r.near, r.near_quantum);
    call.hold(30.0);
    // Both have one clock.
    call.near.engine.observe_exchange(kPeer, 1e6, 1e6, 1e6, 1e6);
    // One period is longer than the delay.
    constexpr double kHz = 8.0;
    call.run(2.0, [](double t) { return 0.5 * std::sin(2.0 * std::numbers::pi * kHz * t); });
    const std::vector<float> heard = call.last(0.5);
    const double first = call.near.seconds() - static_cast<double>(heard.size()) / r.near;
    const double radians = 2.0 * std::numbers::pi * kHz * first - fit(heard, kHz, r.near).phase;
    const double periods = radians / (2.0 * std::numbers::pi);
    const double delay_ms = (periods - std::floor(periods)) * 1000.0 / kHz;
    EXPECT_NEAR(call.report().capture_to_playout_ms, delay_ms, 0.05) << r.far << " to " << r.near;
  }
}

TEST(EngineRate, NothingIsLostOrConcealedInMinutes) {
  for (const Rates& r : {Rates{44100, 128, 48000, 128}, Rates{48000, 128, 44100, 128},
                         Rates{44100, 128, 44100, 128}, Rates{96000, 128, 44100, 128}}) {
    Call call(r.far, r.far_quantum, r.near, r.near_quantum);
    call.run(5.0, a4);
    const PeerReport before = call.report();
    EXPECT_EQ(before.playing, 1.0);
    call.keeping = false;
    call.run(120.0, [](double) { return 0.1; });
    const PeerReport after = call.report();
    EXPECT_NEAR(after.received - before.received, 120.0 * 375.0, 12.0);
    EXPECT_EQ(after.lost, 0.0);
    EXPECT_EQ(after.late, 0.0);
    EXPECT_EQ(after.concealed_frames, before.concealed_frames);
    EXPECT_EQ(after.discontinuities, before.discontinuities);
    EXPECT_EQ(after.restarts, 0.0);
    // Two quanta of either side, at most.
    EXPECT_LT(after.playout_delay_ms, 8.0);
    call.keeping = true;
    call.run(1.0, a4);
    EXPECT_GT(fit(call.last(0.5), 440.0, r.near).snr_db, 60.0);
  }
}

TEST(EngineRate, SendsAsMuchWhateverTheMicrophoneDoes) {
  Call call(44100, 128, 48000, 128);
  for (const uint32_t channels : {1U, 0U, 2U, 1U, 0U, 1U}) {
    call.channels = channels;
    call.run(0.5, a4);
  }
  EXPECT_NEAR(static_cast<double>(call.packets), 3.0 * 375.0, 2.0);
  EXPECT_GT(fit(call.last(0.2), 440.0, 48000).snr_db, 60.0);
  EXPECT_EQ(call.report().lost, 0.0);
}

TEST(EngineRate, StereoStaysTwoChannels) {
  Engine engine;
  ASSERT_TRUE(engine.configure({.sample_rate = 44100, .max_peers = 1}));
  engine.set(Parameter::kInputChannels, 0, static_cast<double>(capture::InputChannels::kStereo));
  ASSERT_TRUE(engine.add_peer(0));
  engine.set(Parameter::kPeerDelayMode, 0, static_cast<double>(playout::DelayMode::kHold));
  engine.set(Parameter::kPeerDelayMs, 0, 10.0);
  std::vector<float> left;
  std::vector<float> right;
  for (int q = 0; q < 300; ++q) {
    std::array<std::array<float, 128>, 2> sound;
    for (uint32_t i = 0; i < 128; ++i) {
      const double t = (q * 128.0 + i) / 44100.0;
      sound[0][i] = static_cast<float>(a4(t));
      sound[1][i] = static_cast<float>(a4(2.0 * t));
    }
    const std::array<const float*, 2> input{sound[0].data(), sound[1].data()};
    const uint32_t packets = engine.capture(input.data(), 2, 128);
    for (uint32_t i = 0; i < packets; ++i) engine.receive(0, engine.packet(i), 0.0);
    engine.render(sound[0].data(), sound[1].data(), 128);
    if (q < 200) continue;
    left.insert(left.end(), sound[0].begin(), sound[0].end());
    right.insert(right.end(), sound[1].begin(), sound[1].end());
  }
  EXPECT_GT(fit(left, 440.0, 44100).snr_db, 80.0);
  EXPECT_GT(fit(right, 880.0, 44100).snr_db, 80.0);
}

// A filter raises the peaks of a square wave.
TEST(EngineRate, NeverClipsAfterTheConversion) {
  for (const uint32_t rate : {44100U, 96000U, 16000U}) {
    Call call(48000, 128, rate, 128);
    call.run(1.0, [](double t) { return a4(t) >= 0.0 ? 0.999 : -0.999; });
    const float peak = test::loudest(call.last(0.5));
    EXPECT_GT(peak, 0.95F);
    EXPECT_LE(peak, mix::Limiter::kCeiling);
  }
}

TEST(EngineRate, CountsFramesOfTheContext) {
  Call call(48000, 128, 44100, 128);
  call.run(1.0, a4);
  EngineReport report{};
  call.near.engine.report(report);
  EXPECT_EQ(report.frames, static_cast<double>(call.near.frame));
}

TEST(EngineRate, WarmUpLeavesNoTrace) {
  for (const uint32_t rate : {44100U, 96000U}) {
    Engine warm;
    Engine cold;
    ASSERT_TRUE(warm.configure({.sample_rate = rate}));
    ASSERT_TRUE(cold.configure({.sample_rate = rate}));
    warm.warm_up();
    EngineReport report{};
    warm.report(report);
    EXPECT_EQ(report.frames, 0.0);
    const std::vector<float> sound = test::white(128, 6);
    const std::array<const float*, 2> input{sound.data(), sound.data()};
    for (int q = 0; q < 10; ++q) {
      // Nothing is left in the filter on the way out,
      std::vector<float> left(128, 1.0F);
      std::vector<float> right(128, 1.0F);
      cold.render(left.data(), right.data(), 128);
      warm.render(left.data(), right.data(), 128);
      ASSERT_EQ(test::loudest(left), 0.0F);
      // nor in the one on the way in.
      const uint32_t packets = warm.capture(input.data(), 2, 128);
      ASSERT_EQ(cold.capture(input.data(), 2, 128), packets);
      for (uint32_t i = 0; i < packets; ++i) {
        const auto a = warm.packet(i);
        const auto b = cold.packet(i);
        ASSERT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
      }
    }
  }
}

TEST(EngineRate, IsAnyFrom8To192Kilohertz) {
  for (const uint32_t rate : {8000U, 11025U, 22050U, 44100U, 47999U, 88200U, 192000U}) {
    Engine engine;
    EXPECT_TRUE(engine.configure({.sample_rate = rate})) << rate;
  }
  for (const uint32_t rate : {0U, 1U, 7999U, 192001U, 384000U, UINT32_MAX}) {
    Engine engine;
    EXPECT_FALSE(engine.configure({.sample_rate = rate})) << rate;
  }
}

}  // namespace
}  // namespace tutti
