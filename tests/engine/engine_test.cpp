#include "engine.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "rig.h"

namespace tutti::test {
namespace {

constexpr uint32_t kFrames = 128;
constexpr double kQuantumUs = kFrames * 1e6 / kRate;

// Two engines and a perfect wire between them.
class Duo {
 public:
  Duo() {
    EXPECT_TRUE(near->configure({}));
    EXPECT_TRUE(far->configure({}));
    EXPECT_TRUE(near->add_peer(3));
  }

  // The far side plays `sound`; near renders. `wall_us` runs along.
  void run(uint32_t quanta, const Sound& sound) {
    for (uint32_t q = 0; q < quanta; ++q) {
      std::array<float, kFrames> block;
      for (uint32_t i = 0; i < kFrames; ++i) block[i] = sound(frame_ + i);
      const float* const input[1] = {block.data()};
      far->observe_clock(wall_us_ + far_clock_us);
      const uint32_t packets = far->capture(input, 1, kFrames);
      for (uint32_t i = 0; i < packets; ++i) refusal = near->receive(3, far->packet(i), wall_us_);
      near->render(left_.data(), right_.data(), kFrames);
      left.insert(left.end(), left_.begin(), left_.end());
      right.insert(right.end(), right_.begin(), right_.end());
      far->render(left_.data(), right_.data(), kFrames);
      frame_ += kFrames;
      wall_us_ += kQuantumUs;
    }
  }

  PeerReport report() const {
    PeerReport out{};
    EXPECT_TRUE(near->report(3, out));
    return out;
  }
  std::vector<float> last(size_t n) const {
    return {left.end() - static_cast<ptrdiff_t>(n), left.end()};
  }

  std::unique_ptr<Engine> near = std::make_unique<Engine>();
  std::unique_ptr<Engine> far = std::make_unique<Engine>();
  wire::Refusal refusal = wire::Refusal::kNone;
  double far_clock_us = 0.0;
  std::vector<float> left;
  std::vector<float> right;

 private:
  int64_t frame_ = 0;
  double wall_us_ = 1e15;
  std::array<float, kFrames> left_{};
  std::array<float, kFrames> right_{};
};

TEST(Engine, RefusesAConfigurationOutOfRange) {
  Engine engine;
  EXPECT_FALSE(engine.configure({.sample_rate = 7999}));
  EXPECT_FALSE(engine.configure({.sample_rate = 192001}));
  EXPECT_FALSE(engine.configure({.max_frames = 0}));
  EXPECT_FALSE(engine.configure({.max_frames = Engine::kMaxQuantum + 1}));
  EXPECT_FALSE(engine.configure({.max_peers = 0}));
  EXPECT_FALSE(engine.configure({.max_peers = Engine::kMaxPeers + 1}));
  EXPECT_FALSE(engine.configure({.packet_frames = 8}));
  EXPECT_FALSE(engine.configure({.bits = 12}));
  EXPECT_TRUE(engine.configure({}));
}

TEST(Engine, PassesMusicBitForBitFromMicrophoneToLoudspeaker) {
  Duo duo;
  duo.near->set(Parameter::kPeerDelayMode, 3, static_cast<double>(playout::DelayMode::kHold));
  duo.near->set(Parameter::kPeerDelayMs, 3, 10.0);
  // 16-bit material below the limiter's knee.
  const Sound music = [](int64_t n) {
    const double t = static_cast<double>(n) / kRate;
    const double x = 0.3 * std::sin(2.0 * M_PI * 196.0 * t) +
                     0.2 * std::sin(2.0 * M_PI * 523.3 * t) + 0.1 * (noise(7, n) - 0.5);
    return static_cast<float>(std::lrint(x * 32768.0)) / 32768.0F;
  };
  duo.run(1000, music);
  // Where the first of the last 48,000 rendered frames was played.
  const size_t begin = duo.left.size() - 48000;
  bool found = false;
  for (int64_t delay = 0; delay < 2400 && !found; ++delay) {
    found = true;
    for (size_t i = 0; i < 48000 && found; ++i) {
      found = duo.left[begin + i] == music(static_cast<int64_t>(begin + i) - delay);
    }
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(duo.left, duo.right);
}

TEST(Engine, SaysWhyItRefusesADatagram) {
  Duo duo;
  const std::array<uint8_t, 4> garbage{1, 2, 3, 4};
  EXPECT_EQ(duo.near->receive(3, garbage, 0.0), wire::Refusal::kTooShort);
  EXPECT_EQ(duo.near->receive(4, garbage, 0.0), wire::Refusal::kUnknownPeer);
  std::vector<uint8_t> packet(wire::kHeaderBytes + 256);
  const wire::Header other_rate{.frames = 128, .rate_code = 2, .bits = 16, .channels = 1};
  ASSERT_FALSE(wire::write_header(other_rate, packet).empty());
  EXPECT_EQ(duo.near->receive(3, packet, 0.0), wire::Refusal::kRateMismatch);
  const std::vector<uint8_t> stop(wire::kStopBytes, 0xFF);
  EXPECT_EQ(duo.near->receive(3, stop, 0.0), wire::Refusal::kStop);
  EXPECT_EQ(duo.report().malformed, 2.0);
}

TEST(Engine, KnowsHowOldTheSoundIsAcrossTwoClocks) {
  Duo duo;
  duo.far_clock_us = 5e9;  // their clock is an hour and more ahead
  duo.run(100, sine(440.0));
  EXPECT_TRUE(std::isnan(duo.report().capture_to_playout_ms));
  // Sent at 1 s, heard there at 1.5 ms later, answered at once, back after 3 ms.
  duo.near->observe_exchange(3, 1e6, 1e6 + 5e9 + 1500.0, 1e6 + 5e9 + 1500.0, 1e6 + 3000.0);
  duo.run(1000, sine(440.0));
  const PeerReport report = duo.report();
  EXPECT_NEAR(report.round_trip_ms, 3.0, 1e-6);
  // The wire takes no time: what is left is the packet and the playout.
  EXPECT_NEAR(report.capture_to_playout_ms, report.playout_delay_ms, 0.2);
  EXPECT_GT(report.capture_to_playout_ms, 0.0);
}

TEST(Engine, AddsAndRemovesPeers) {
  Duo duo;
  EXPECT_FALSE(duo.near->add_peer(3));
  EXPECT_FALSE(duo.near->add_peer(64));
  EXPECT_FALSE(duo.near->remove_peer(2));
  duo.run(500, sine(440.0));
  EXPECT_GT(rms(duo.last(4800)), 0.1);
  EXPECT_TRUE(duo.near->remove_peer(3));
  duo.run(500, sine(440.0));
  EXPECT_EQ(rms(duo.last(4800)), 0.0);
  PeerReport report{};
  EXPECT_FALSE(duo.near->report(3, report));
  EXPECT_TRUE(duo.near->add_peer(3));
  EXPECT_EQ(duo.report().received, 0.0);
}

TEST(Engine, SettingsOfOnePeerDoNotReachTheNextInItsPlace) {
  Duo duo;
  duo.near->set(Parameter::kPeerGainDb, 3, -60.0);
  duo.near->remove_peer(3);
  duo.near->add_peer(3);
  duo.run(500, sine(440.0));
  EXPECT_NEAR(rms(duo.last(4800)), 0.5 / std::sqrt(2.0), 0.01);
}

TEST(Engine, RefusesParametersOfPeersThatAreNotThere) {
  Duo duo;
  EXPECT_TRUE(duo.near->set(Parameter::kPeerPan, 3, 0.5));
  EXPECT_FALSE(duo.near->set(Parameter::kPeerPan, 4, 0.5));
  EXPECT_FALSE(duo.near->set(Parameter::kPeerPan, 1000, 0.5));
  EXPECT_TRUE(duo.near->set(Parameter::kMute, 1000, 1.0));
}

TEST(Engine, SurvivesAbsurdSettings) {
  Duo duo;
  for (const double value : {std::nan(""), 1e300, -1e300, static_cast<double>(INFINITY)}) {
    for (uint8_t p = 0; p < static_cast<uint8_t>(Parameter::kCount); ++p) {
      duo.near->set(static_cast<Parameter>(p), 3, value);
    }
    duo.run(100, sine(440.0));
    for (const float x : duo.last(12800)) ASSERT_TRUE(std::isfinite(x) && std::fabs(x) <= 1.0F);
  }
}

TEST(Engine, MuteIsHeardAtTheFarSide) {
  Duo duo;
  duo.run(500, sine(440.0));
  duo.far->set(Parameter::kMute, 0, 1.0);
  duo.run(500, sine(440.0));
  EXPECT_EQ(rms(duo.last(4800)), 0.0);
  EngineReport far{};
  duo.far->report(far);
  EXPECT_GT(far.input_peak, 0.4);  // one sees that the microphone works
}

TEST(Engine, ChangesItsBitsWhilePlaying) {
  Duo duo;
  EXPECT_EQ(duo.report().bits, 0.0);
  duo.run(500, sine(440.0));
  EXPECT_EQ(duo.report().bits, 16.0);
  const PeerReport before = duo.report();
  EXPECT_TRUE(duo.far->set(Parameter::kSentBits, 0, 24.0));
  duo.run(500, sine(440.0));
  EXPECT_EQ(duo.report().bits, 24.0);
  for (const double refused : {0.0, 20.0, -16.0, 1e9, std::nan("")}) {
    EXPECT_FALSE(duo.far->set(Parameter::kSentBits, 0, refused)) << refused;
  }
  duo.run(500, sine(440.0));
  EXPECT_EQ(duo.report().bits, 24.0);
  EXPECT_EQ(duo.report().restarts, before.restarts);
  EXPECT_EQ(duo.report().concealed_frames, before.concealed_frames);
  // A click would be steeper than the steepest place of the sine.
  const std::vector<float> heard = duo.last(size_t{1000} * kFrames);
  const float steepest = 0.5F * 2.0F * static_cast<float>(M_PI) * 440.0F / 48000.0F;
  for (size_t i = 1; i < heard.size(); ++i) {
    ASSERT_LT(std::fabs(heard[i] - heard[i - 1]), 1.01F * steepest) << i;
  }
}

TEST(Engine, EightLoudPeersNeverClip) {
  Engine near;
  Engine far;
  ASSERT_TRUE(near.configure({}));
  ASSERT_TRUE(far.configure({}));
  for (uint32_t peer = 0; peer < 8; ++peer) near.add_peer(peer);
  const Sound loud = sine(1000.0, 0.99);
  float peak = 0.0F;
  for (int64_t q = 0; q < 600; ++q) {
    std::array<float, kFrames> block;
    std::array<float, kFrames> left;
    std::array<float, kFrames> right;
    for (uint32_t i = 0; i < kFrames; ++i) block[i] = loud(q * kFrames + i);
    const float* const input[1] = {block.data()};
    far.capture(input, 1, kFrames);
    for (uint32_t peer = 0; peer < 8; ++peer)
      near.receive(peer, far.packet(0), 1e15 + static_cast<double>(q) * kFrames / 0.048);
    near.render(left.data(), right.data(), kFrames);
    for (const float x : left) peak = std::max(peak, std::fabs(x));
  }
  EXPECT_GT(peak, 0.98F);
  EXPECT_LT(peak, 1.0F);
  EngineReport report{};
  near.report(report);
  EXPECT_EQ(report.limiting, 1.0);
}

TEST(Engine, WarmUpLeavesNoTrace) {
  Engine warm;
  Engine cold;
  ASSERT_TRUE(warm.configure({}));
  ASSERT_TRUE(cold.configure({}));
  warm.warm_up();
  EngineReport report{};
  warm.report(report);
  EXPECT_EQ(report.frames, 0.0);
  EXPECT_EQ(report.output_peak, 0.0);
  EXPECT_EQ(report.input_peak, 0.0);
  EXPECT_TRUE(warm.add_peer(0));
  PeerReport peer{};
  warm.report(0, peer);
  EXPECT_EQ(peer.received, 0.0);
  // The first packet is the same as that of an engine that was never warmed.
  const std::array<float, kFrames> block{0.25F};
  const float* const input[1] = {block.data()};
  ASSERT_EQ(warm.capture(input, 1, kFrames), 1U);
  ASSERT_EQ(cold.capture(input, 1, kFrames), 1U);
  const auto a = warm.packet(0);
  const auto b = cold.packet(0);
  EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
}

TEST(Engine, NamesEveryParameterAndField) {
  const auto count = [](std::string_view names) {
    return 1 + std::count(names.begin(), names.end(), ',');
  };
  EXPECT_EQ(count(parameter_names()), static_cast<ptrdiff_t>(Parameter::kCount));
  EXPECT_EQ(count(peer_field_names()), static_cast<ptrdiff_t>(sizeof(PeerReport) / sizeof(double)));
  EXPECT_EQ(count(engine_field_names()),
            static_cast<ptrdiff_t>(sizeof(EngineReport) / sizeof(double)));
}

}  // namespace
}  // namespace tutti::test
