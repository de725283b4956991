#include "playout/concealer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <numbers>
#include <span>
#include <vector>

#include "signals.h"

namespace tutti::playout {
namespace {

constexpr size_t kHistory = Concealer::kHistory;
constexpr uint32_t kWork = 100;
constexpr std::array kKinds{Concealment::kAutoregressive, Concealment::kRepeat,
                            Concealment::kSilence};
// Of the fallback's fade.
constexpr size_t kMirrored = 480;

using Channels = std::vector<std::vector<float>>;

std::vector<std::span<const float>> spans(const Channels& channels) {
  return {channels.begin(), channels.end()};
}

// A concealer with its tools, which are too large for a stack.
class Gap {
 public:
  Gap() { EXPECT_TRUE(tools_->configure()); }
  explicit Gap(const std::vector<float>& history, Concealment kind = Concealment::kAutoregressive,
               uint32_t work = kWork)
      : Gap() {
    begin({history}, kind, work);
  }

  uint32_t begin(const Channels& history, Concealment kind = Concealment::kAutoregressive,
                 uint32_t work = kWork) {
    return concealer.begin(spans(history), kind, work, *tools_);
  }
  bool bridge(size_t gap, const Channels& after) {
    return concealer.bridge(gap, spans(after), *tools_);
  }
  std::vector<float> next(size_t frames, size_t channel = 0) {
    std::vector<float> out(frames, 9.0F);
    concealer.extrapolate(channel, out);
    return out;
  }
  std::vector<float> next_in(size_t piece, size_t frames, size_t channel = 0) {
    std::vector<float> out(frames, 9.0F);
    for (size_t at = 0; at < frames; at += piece) {
      concealer.extrapolate(channel, std::span(out).subspan(at, std::min(piece, frames - at)));
    }
    return out;
  }

  Concealer concealer;

 private:
  std::unique_ptr<ConcealmentTools> tools_ = std::make_unique<ConcealmentTools>();
};

std::vector<float> head(const std::vector<float>& x, size_t frames) {
  return {x.begin(), x.begin() + static_cast<ptrdiff_t>(frames)};
}
std::vector<float> tail(const std::vector<float>& x, size_t frames) {
  return {x.end() - static_cast<ptrdiff_t>(frames), x.end()};
}
std::vector<float> joined(std::vector<float> x, const std::vector<float>& y) {
  x.insert(x.end(), y.begin(), y.end());
  return x;
}

// Music: notes with a beginning, noise, and peaks far above its loudness.
std::vector<float> music(size_t frames, double noisy = 0.05) {
  std::vector<float> x = test::tones({110.0, 220.0, 330.0, 440.0, 1234.5}, frames, 0.6);
  const std::vector<float> noise = test::white(frames, 80, noisy);
  for (size_t i = 0; i < frames; ++i) {
    const double swell = 0.3 + 0.7 * std::fabs(std::sin(static_cast<double>(i) / 3000.0));
    x[i] = x[i] * static_cast<float>(swell) + noise[i];
  }
  return x;
}
// Much louder in its end than on the whole, so that its loudness is held back.
std::vector<float> swelling() {
  std::vector<float> x = test::tones({110.0, 523.0}, kHistory, 0.9);
  for (size_t i = 0; i < kHistory; ++i) {
    x[i] *= std::pow(static_cast<float>(i) / static_cast<float>(kHistory), 16.0F);
  }
  return x;
}

TEST(Concealer, GoesOnWithATone) {
  for (const double hz : {82.4, 440.0, 3000.0, 12000.0}) {
    const std::vector<float> all = test::tone(hz, kHistory + 128);
    Gap gap(head(all, kHistory));
    EXPECT_GT(test::snr_db(gap.next(128), tail(all, 128)), 30.0) << hz;
  }
}

TEST(Concealer, IsBetterTheMoreWorkItMayDo) {
  const std::vector<float> all = test::tones({220.0, 277.2, 329.6, 440.0}, kHistory + 128);
  double before = -100.0;
  for (const uint32_t work : {3U, 8U, 18U, 45U, 100U}) {
    Gap gap;
    const uint32_t done = gap.begin({head(all, kHistory)}, Concealment::kAutoregressive, work);
    EXPECT_EQ(done, work == 3 ? 0 : work);
    const double db = test::snr_db(gap.next(128), tail(all, 128));
    EXPECT_GT(db, before) << work;
    before = db;
  }
  EXPECT_GT(before, 30.0);
}

TEST(Concealer, GoesOnWithoutAStep) {
  for (const double hz : {50.0, 440.0, 3000.0, 12000.0}) {
    for (size_t phase = 0; phase < 4; ++phase) {
      const std::vector<float> all = test::tone(hz, kHistory + 13 * phase);
      Gap gap(tail(all, kHistory));
      EXPECT_LE(test::steepest(joined(all, gap.next(4000))), test::steepest(all) * 1.01F) << hz;
    }
  }
}

TEST(Concealer, IsSilentAfterItsEnd) {
  for (const std::vector<float>& history : {music(kHistory), test::tone(440.0, kHistory)}) {
    Gap gap(history);
    const std::vector<float> out = gap.next(Concealer::kEnd + 2000);
    EXPECT_EQ(tail(out, 2000), std::vector<float>(2000, 0.0F));
    EXPECT_LT(std::fabs(out[Concealer::kEnd - 1]), 1e-4F);
    EXPECT_GT(test::loudest(std::span(out).first(Concealer::kHold)), 0.1F);
    EXPECT_EQ(gap.next(100), std::vector<float>(100, 0.0F));
  }
}

TEST(Concealer, FadesSteadily) {
  // Loudness of whole periods: it only ever falls once it is no longer held.
  for (const double hz : {100.0, 500.0, 1000.0, 6000.0}) {
    Gap gap(test::tone(hz, kHistory));
    const std::vector<float> out = gap.next(Concealer::kEnd);
    double before = 1.0;
    for (size_t at = Concealer::kHold; at + 480 <= out.size(); at += 480) {
      const double power = test::mean_square(std::span(out).subspan(at, 480));
      EXPECT_LE(power, before * 1.0001) << hz << ' ' << at;
      before = power;
    }
  }
}

TEST(Concealer, IsNeverLouderThanWhatWasHeard) {
  std::vector<test::Trap> sounds = test::traps(kHistory);
  sounds.push_back({"music", music(kHistory)});
  sounds.push_back({"swelling", swelling()});
  for (const test::Trap& trap : sounds) {
    for (const uint32_t work : {4U, 8U, 18U, 45U, 100U}) {
      Gap gap(trap.sound, Concealment::kAutoregressive, work);
      const double swell = trap.name == "swelling" ? 1.5 : 1.05;
      const double most = 2.0 * test::mean_square(tail(trap.sound, 1024));
      const std::vector<float> out = gap.next(Concealer::kEnd);
      // The first piece is still being brought down to it, and later ones lag by a little where a
      // model swells.
      for (size_t at = 64; at + 64 <= out.size(); at += 64) {
        ASSERT_LE(test::mean_square(std::span(out).subspan(at, 64)), swell * most + 1e-12)
            << trap.name << ' ' << work << ' ' << at;
      }
      ASSERT_LE(test::loudest(out), 2.0F * test::loudest(trap.sound)) << trap.name << ' ' << work;
    }
  }
}

TEST(Concealer, GoesOnWhereTheLastCallEnded) {
  for (const std::vector<float>& history :
       {music(kHistory), swelling(), test::white(kHistory, 81), test::white(100, 82)}) {
    for (const Concealment kind : kKinds) {
      const std::vector<float> whole = Gap(history, kind).next(3500);
      for (const size_t piece : {1U, 7U, 63U, 64U, 65U, 100U, 128U, 479U}) {
        Gap gap(history, kind);
        EXPECT_TRUE(gap.next_in(piece, 3500) == whole) << static_cast<int>(kind) << ' ' << piece;
        EXPECT_EQ(gap.next(0), std::vector<float>());
      }
    }
  }
}

TEST(Concealer, GoesOnWhereTheLastCallEndedAfterABridge) {
  for (const std::vector<float>& all : {music(kHistory + 320), test::white(kHistory + 320, 83)}) {
    for (const size_t frames : {1U, 64U, 100U, 128U}) {
      const std::vector<float> after(all.begin() + static_cast<ptrdiff_t>(kHistory + frames),
                                     all.begin() + static_cast<ptrdiff_t>(kHistory + frames + 192));
      Gap once(head(all, kHistory));
      ASSERT_TRUE(once.bridge(frames, {after}));
      const std::vector<float> whole = once.next(1500);
      for (const size_t piece : {1U, 7U, 63U, 64U, 65U, 100U, 128U}) {
        Gap gap(head(all, kHistory));
        ASSERT_TRUE(gap.bridge(frames, {after}));
        EXPECT_TRUE(gap.next_in(piece, 1500) == whole) << frames << ' ' << piece;
      }
    }
  }
}

TEST(Concealer, BridgesBetterThanItGoesOn) {
  // What is left to a model beside the bridge.
  constexpr uint32_t kLeft = kWork - Concealer::kBridgeWork;
  for (const size_t frames : {64U, 128U}) {
    const std::vector<float> all = music(kHistory + frames + 192, 0.002);
    const std::vector<float> truth(all.begin() + static_cast<ptrdiff_t>(kHistory), all.end() - 192);
    Gap forward(head(all, kHistory), Concealment::kAutoregressive, kLeft);
    Gap both(head(all, kHistory), Concealment::kAutoregressive, kLeft);
    ASSERT_TRUE(both.bridge(frames, {tail(all, 192)}));
    const std::vector<float> out = both.next(frames);
    EXPECT_GT(test::snr_db(out, truth), test::snr_db(forward.next(frames), truth) + 2.0) << frames;
    EXPECT_LE(test::steepest(joined(joined(tail(head(all, kHistory), 200), out), tail(all, 192))),
              test::steepest(all) * 1.1F);
  }
}

TEST(Concealer, GoesOnAfterTheBridgeWithoutAStep) {
  const std::vector<float> all = test::tone(440.0, kHistory + 128 + 192);
  Gap gap(head(all, kHistory));
  ASSERT_TRUE(gap.bridge(128, {tail(all, 192)}));
  EXPECT_LE(test::steepest(joined(head(all, kHistory), gap.next(4000))),
            test::steepest(all) * 1.05F);
}

TEST(Concealer, ChangesNothingWhenABridgeIsOfNoUse) {
  const std::vector<float> history = music(kHistory);
  const std::vector<float> without = Gap(history).next(1000);
  Gap gap(history);
  EXPECT_FALSE(gap.bridge(0, {std::vector<float>(192)}));
  EXPECT_FALSE(gap.bridge(129, {std::vector<float>(192)}));
  EXPECT_FALSE(gap.bridge(64, {std::vector<float>(31)}));
  EXPECT_FALSE(gap.bridge(64, {std::vector<float>(193)}));
  EXPECT_EQ(gap.next(1000), without);
  // There is no model to bridge with.
  EXPECT_FALSE(Gap(test::white(100, 84)).bridge(64, {std::vector<float>(192)}));
  EXPECT_FALSE(Gap(history, Concealment::kSilence).bridge(64, {std::vector<float>(192)}));
}

TEST(Concealer, ForgetsTheBridgeOfTheGapBefore) {
  const std::vector<float> history = music(kHistory);
  Gap gap(history);
  ASSERT_TRUE(gap.bridge(128, {std::vector<float>(192, 0.5F)}));
  gap.next(50);
  gap.begin({history});
  EXPECT_EQ(gap.next(4000), Gap(history).next(4000));
}

TEST(Concealer, BeginsAnewForEveryGap) {
  Gap gap(swelling());
  gap.next(300);
  for (const Concealment kind : kKinds) {
    for (const std::vector<float>& history : {test::white(100, 14), test::white(kHistory, 15)}) {
      gap.begin({history}, kind);
      EXPECT_EQ(gap.next(4000), Gap(history, kind).next(4000)) << static_cast<int>(kind);
    }
  }
}

TEST(Concealer, StaysFiniteAndBoundedWhateverWasHeard) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const float bad : {nan, kInfinity, -kInfinity, 1e30F, -3e38F, 17.0F}) {
    for (const size_t back : {size_t{1}, size_t{50}, size_t{5000}, kHistory}) {
      for (const size_t known : {kHistory, size_t{300}}) {
        if (back > known) continue;
        for (const Concealment kind : kKinds) {
          std::vector<float> history = test::tone(440.0, known);
          history[known - back] = bad;
          Gap gap(history, kind);
          for (const float x : gap.next(4000)) ASSERT_LE(std::fabs(x), 16.0F) << bad << ' ' << back;
        }
      }
    }
    // Nothing else.
    Gap gap(std::vector<float>(kHistory, bad));
    EXPECT_EQ(gap.next(1000), std::vector<float>(1000, 0.0F)) << bad;
  }
}

TEST(Concealer, StaysFiniteAndBoundedWhateverComesAfterTheGap) {
  const std::vector<float> history = test::tone(440.0, kHistory);
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(),
                          std::numeric_limits<float>::infinity(), 1e30F, -1e10F}) {
    for (const size_t at : {0U, 100U, 191U}) {
      std::vector<float> after = test::tone(440.0, 192);
      after[at] = bad;
      Gap gap(history);
      gap.bridge(128, {after});
      for (const float x : gap.next(4000)) ASSERT_LE(std::fabs(x), 16.0F) << bad << ' ' << at;
    }
  }
}

TEST(Concealer, IsSilentWhenNothingWasHeard) {
  for (const Concealment kind : kKinds) {
    EXPECT_EQ(Gap({}, kind).next(4000), std::vector<float>(4000, 0.0F));
    EXPECT_EQ(Gap(std::vector<float>(kHistory, 0.0F), kind).next(4000),
              std::vector<float>(4000, 0.0F));
  }
}

TEST(Concealer, GoesOnWithSilenceWhereOnlyDenormalsWereHeard) {
  for (const float x : Gap(std::vector<float>(kHistory, 1e-40F)).next(4000)) {
    ASSERT_LE(std::fabs(x), 1e-39F);
  }
}

TEST(Concealer, KeepsTheChannelsApart) {
  const std::vector<float> left = test::tones({220.0, 1000.0}, kHistory + 128);
  const std::vector<float> right = test::tones({311.0, 2500.0}, kHistory + 128, 0.1);
  Gap gap;
  gap.begin({head(left, kHistory), head(right, kHistory)});
  const std::vector<float> left_out = gap.next(128, 0);
  const std::vector<float> right_out = gap.next(128, 1);
  EXPECT_GT(test::snr_db(left_out, tail(left, 128)), 25.0);
  EXPECT_GT(test::snr_db(right_out, tail(right, 128)), 15.0);
  // Whichever is asked first, and however.
  gap.begin({head(left, kHistory), head(right, kHistory)});
  for (size_t at = 0; at < 128; at += 32) {
    const std::vector<float> part = gap.next(32, 1);
    EXPECT_TRUE(
        std::equal(part.begin(), part.end(), right_out.begin() + static_cast<ptrdiff_t>(at)));
  }
  EXPECT_EQ(gap.next(128, 0), left_out);
  // Swapped they are swapped.
  gap.begin({head(right, kHistory), head(left, kHistory)});
  EXPECT_GT(test::snr_db(gap.next(128, 0), right_out), 60.0);
  EXPECT_GT(test::snr_db(gap.next(128, 1), left_out), 60.0);
}

TEST(Concealer, KeepsASilentChannelSilent) {
  Gap gap;
  gap.begin({music(kHistory), std::vector<float>(kHistory, 0.0F)});
  EXPECT_GT(test::loudest(gap.next(1000, 0)), 0.05F);
  EXPECT_EQ(gap.next(1000, 1), std::vector<float>(1000, 0.0F));
}

TEST(Concealer, BridgesBothChannels) {
  const std::vector<float> left = music(kHistory + 128 + 192, 0.002);
  const std::vector<float> right = test::tones({311.0, 2500.0}, kHistory + 128 + 192, 0.1);
  Gap gap;
  gap.begin({head(left, kHistory), head(right, kHistory)});
  ASSERT_TRUE(gap.bridge(128, {tail(left, 192), tail(right, 192)}));
  EXPECT_GT(test::snr_db(gap.next(128, 0), head(tail(left, 320), 128)), 15.0);
  EXPECT_GT(test::snr_db(gap.next(128, 1), head(tail(right, 320), 128)), 25.0);
}

TEST(Concealer, WidensToTwoLikeChannels) {
  const std::vector<float> history = music(kHistory);
  const std::vector<float> whole = Gap(history).next(2000);
  Gap gap(history);
  gap.next(700);
  gap.concealer.widen();
  EXPECT_EQ(gap.next(1300, 0), tail(whole, 1300));
  EXPECT_EQ(gap.next(1300, 1), tail(whole, 1300));
}

TEST(Concealer, MirrorsWithoutWorkOrHistory) {
  const auto is_mirrored = [](const std::vector<float>& history, uint32_t work) {
    Gap gap;
    EXPECT_EQ(gap.begin({history}, Concealment::kAutoregressive, work), 0U);
    const std::vector<float> out = gap.next(700);
    const size_t end = std::min(kMirrored, history.size());
    EXPECT_EQ(out[0], history.back());
    for (size_t i = 0; i < out.size(); ++i) {
      const double t = static_cast<double>(i) / static_cast<double>(end);
      const double fade = i < end ? 0.5 + 0.5 * std::cos(std::numbers::pi * t) : 0.0;
      const double heard = i < end ? static_cast<double>(history[history.size() - 1 - i]) : 0.0;
      ASSERT_NEAR(out[i], heard * fade, 1e-6) << history.size() << ' ' << i;
    }
  };
  is_mirrored(test::white(kHistory, 85), 0);
  is_mirrored(test::white(kHistory, 85), 3);
  for (const size_t known : {1U, 2U, 31U, 200U, 415U}) is_mirrored(test::white(known, 86), kWork);
}

TEST(Concealer, ModelsFromTheLeastHistoryOn) {
  Gap gap;
  EXPECT_EQ(gap.begin({test::tone(1000.0, 416)}), 4U);
  EXPECT_EQ(gap.begin({test::tone(1000.0, 415)}), 0U);
  EXPECT_EQ(gap.begin({test::tone(1000.0, kHistory)}), 100U);
}

TEST(Concealer, UsesTheNewestOfALongHistory) {
  const std::vector<float> history = test::white(9000, 12);
  for (const Concealment kind : kKinds) {
    EXPECT_EQ(Gap(history, kind).next(2000), Gap(tail(history, kHistory), kind).next(2000));
  }
}

TEST(Concealer, RepeatsWhenToldTo) {
  const std::vector<float> history = test::tone(375.0, kHistory);  // 128 frames long
  Gap gap;
  EXPECT_EQ(gap.begin({history}, Concealment::kRepeat, 0), 0U);
  const std::vector<float> out = gap.next(Concealer::kEnd + 100);
  for (size_t i = 0; i < Concealer::kHold; ++i) {
    ASSERT_NEAR(out[i], history[kHistory - 128 + i % 128], 1e-6) << i;
  }
  EXPECT_EQ(tail(out, 100), std::vector<float>(100, 0.0F));
}

TEST(Concealer, IsSilentWhenToldTo) {
  Gap gap;
  EXPECT_EQ(gap.begin({test::tone(440.0, kHistory)}, Concealment::kSilence), 0U);
  EXPECT_EQ(gap.next(4000), std::vector<float>(4000, 0.0F));
}

TEST(Concealer, DoesNotBuzzAtTheEndOfALongGap) {
  // What is left of a note is its tone; the model's memory is not faded, and does not rattle.
  Gap gap(music(kHistory));
  const std::vector<float> out = gap.next(Concealer::kEnd);
  const auto brightness = [&](size_t at) {
    const auto part = std::span(out).subspan(at, 480);
    double steps = 0.0;
    for (size_t i = 1; i < part.size(); ++i) {
      steps += std::pow(static_cast<double>(part[i] - part[i - 1]), 2.0);
    }
    return steps / (480.0 * test::mean_square(part) + 1e-20);
  };
  for (size_t at = 480; at + 480 <= 2880; at += 480) {
    EXPECT_LE(brightness(at), 1.5 * brightness(0)) << at;
  }
}

}  // namespace
}  // namespace tutti::playout
