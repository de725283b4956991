#include "mix/strip.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "signals.h"

namespace tutti::mix {
namespace {

constexpr uint32_t kQuantum = 128;

struct Stereo {
  std::vector<float> left;
  std::vector<float> right;
};

class Desk {
 public:
  Desk() { strip.configure(48000.0); }

  // The next quanta of a constant at 1, so that one hears the gains.
  Stereo play(int quanta, bool any_solo = false, uint32_t quantum = kQuantum) {
    const std::vector<float> one(quantum, 1.0F);
    Stereo all;
    for (int q = 0; q < quanta; ++q) {
      Stereo out{std::vector<float>(quantum, 0.0F), std::vector<float>(quantum, 0.0F)};
      strip.mix(one.data(), one.data(), quantum, any_solo, out.left.data(), out.right.data());
      all.left.insert(all.left.end(), out.left.begin(), out.left.end());
      all.right.insert(all.right.end(), out.right.begin(), out.right.end());
    }
    return all;
  }
  // Where the gains are when nothing moves any more.
  StereoGain settled(bool any_solo = false) {
    const Stereo out = play(60, any_solo);
    return {out.left.back(), out.right.back()};
  }

  Strip strip;
};

TEST(Strip, PassesTheSoundAsItIs) {
  Desk desk;
  const std::vector<float> left = test::white(1024, 50);
  const std::vector<float> right = test::white(1024, 51);
  std::vector<float> out_left(1024, 0.0F);
  std::vector<float> out_right(1024, 0.0F);
  desk.strip.mix(left.data(), right.data(), 1024, false, out_left.data(), out_right.data());
  EXPECT_EQ(out_left, left);
  EXPECT_EQ(out_right, right);
}

TEST(Strip, AddsToTheMix) {
  Desk desk;
  const std::vector<float> sound(kQuantum, 0.25F);
  std::vector<float> left(kQuantum, 0.5F);
  std::vector<float> right(kQuantum, -0.5F);
  desk.strip.mix(sound.data(), sound.data(), kQuantum, false, left.data(), right.data());
  EXPECT_EQ(left, std::vector<float>(kQuantum, 0.75F));
  EXPECT_EQ(right, std::vector<float>(kQuantum, -0.25F));
}

TEST(Strip, GoesWhereTheFaderAndThePanAre) {
  Desk desk;
  desk.strip.set_gain_db(-20.0);
  EXPECT_FLOAT_EQ(desk.settled().left, 0.1F);
  desk.strip.set_pan(-1.0);
  EXPECT_NEAR(desk.settled().left, 0.1F * std::sqrt(2.0F), 1e-6F);
  EXPECT_NEAR(desk.settled().right, 0.0F, 1e-6F);
  desk.strip.set_pan(0.0);
  desk.strip.set_gain_db(0.0);
  EXPECT_EQ(desk.settled().left, 1.0F);
  EXPECT_EQ(desk.settled().right, 1.0F);
}

TEST(Strip, IsSilentWhenMuted) {
  Desk desk;
  desk.strip.set_mute(true);
  EXPECT_EQ(desk.settled().left, 0.0F);
  EXPECT_EQ(desk.settled().right, 0.0F);
  desk.strip.set_mute(false);
  EXPECT_EQ(desk.settled().left, 1.0F);
}

TEST(Strip, KeepsTheFaderThroughAMute) {
  Desk desk;
  desk.strip.set_gain_db(-6.0);
  desk.strip.set_mute(true);
  desk.strip.set_gain_db(-20.0);
  EXPECT_EQ(desk.settled().left, 0.0F);
  desk.strip.set_mute(false);
  EXPECT_FLOAT_EQ(desk.settled().left, 0.1F);
}

TEST(Strip, IsSilentWhenOnlyOthersAreSoloed) {
  for (const bool solo : {false, true}) {
    for (const bool any_solo : {false, true}) {
      for (const bool mute : {false, true}) {
        Desk desk;
        desk.strip.set_solo(solo);
        desk.strip.set_mute(mute);
        EXPECT_EQ(desk.strip.solo(), solo);
        const bool audible = !mute && (solo || !any_solo);
        EXPECT_EQ(desk.settled(any_solo).left, audible ? 1.0F : 0.0F) << solo << any_solo << mute;
      }
    }
  }
}

TEST(Strip, NeverClicks) {
  const std::function<void(Strip&)> changes[]{
      [](Strip& s) { s.set_mute(true); },    [](Strip& s) { s.set_mute(false); },
      [](Strip& s) { s.set_gain_db(12.0); }, [](Strip& s) { s.set_pan(-1.0); },
      [](Strip& s) { s.set_pan(1.0); },      [](Strip& s) { s.set_gain_db(-100.0); },
      [](Strip& s) { s.set_gain_db(12.0); }, [](Strip& s) { s.set_mute(true); },
      [](Strip& s) { s.set_mute(false); },   [](Strip& s) { s.set_pan(0.0); },
  };
  for (const uint32_t quantum : {64U, 128U, 441U, 2048U}) {
    Desk desk;
    std::vector<float> left = desk.play(1, false, quantum).left;
    std::vector<float> right = left;
    for (const auto& change : changes) {
      change(desk.strip);
      for (const bool any_solo : {false, true, false}) {
        const Stereo out = desk.play(2, any_solo, quantum);
        left.insert(left.end(), out.left.begin(), out.left.end());
        right.insert(right.end(), out.right.begin(), out.right.end());
      }
    }
    // From +15 dB to nothing at the speed of 5 ms, frame by frame.
    const float bound = linear_gain(12.0) * std::sqrt(2.0F) / 240.0F;
    EXPECT_LE(test::steepest(left), bound) << quantum;
    EXPECT_LE(test::steepest(right), bound) << quantum;
  }
}

TEST(Strip, MeasuresBeforeTheFader) {
  Desk desk;
  desk.strip.set_mute(true);
  desk.strip.set_gain_db(-40.0);
  desk.play(2);
  EXPECT_EQ(desk.strip.meter().peak(), 1.0F);
  EXPECT_GT(desk.strip.meter().rms(), 0.0F);
}

TEST(Strip, TakesGarbageForTheMiddleOfTheRoad) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  Desk desk;
  desk.strip.set_gain_db(kNan);
  desk.strip.set_pan(kNan);
  EXPECT_EQ(desk.settled().left, 1.0F);
  EXPECT_EQ(desk.settled().right, 1.0F);
}

TEST(Strip, IsAsNewAfterAReset) {
  Desk desk;
  desk.strip.set_gain_db(-20.0);
  desk.strip.set_pan(0.7);
  desk.strip.set_mute(true);
  desk.strip.set_solo(true);
  desk.play(3);
  desk.strip.reset();
  EXPECT_FALSE(desk.strip.solo());
  EXPECT_EQ(desk.strip.meter().peak(), 0.0F);
  // At once: nothing of the one before is heard.
  const Stereo out = desk.play(1);
  EXPECT_EQ(out.left, std::vector<float>(kQuantum, 1.0F));
  EXPECT_EQ(out.right, std::vector<float>(kQuantum, 1.0F));
}

}  // namespace
}  // namespace tutti::mix
