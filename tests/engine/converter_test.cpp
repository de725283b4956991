#include "rate/converter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "signals.h"

namespace tutti::rate {
namespace {

using Sound = std::vector<float>;

Sound sine(double hz, uint32_t rate, size_t frames) {
  Sound x(frames);
  for (size_t i = 0; i < frames; ++i) {
    x[i] = static_cast<float>(
        0.5 * std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate));
  }
  return x;
}

// Both channels get the same, in blocks of these sizes, over and over. The first is returned.
Sound convert(Converter& converter, const Sound& in, const std::vector<uint32_t>& blocks) {
  Sound out;
  size_t at = 0;
  for (size_t block = 0; at < in.size(); ++block) {
    const auto frames =
        static_cast<uint32_t>(std::min<size_t>(blocks[block % blocks.size()], in.size() - at));
    const uint32_t expected = converter.output_frames(frames);
    Sound left(expected + 1, 7.0F);
    Sound right(expected + 1, 7.0F);
    const float* const from = in.data() + at;
    EXPECT_EQ(converter.process({from, from}, frames, {left.data(), right.data()}), expected);
    EXPECT_EQ(left, right);
    EXPECT_EQ(left[expected], 7.0F) << "written beyond what was promised";
    out.insert(out.end(), left.begin(), left.end() - 1);
    at += frames;
  }
  return out;
}

// Of a sine through the converter, against the same sine that is exactly latency() late: dB.
double snr(uint32_t in_rate, uint32_t out_rate, double hz) {
  Converter converter;
  EXPECT_TRUE(converter.configure(in_rate, out_rate));
  const Sound out = convert(converter, sine(hz, in_rate, in_rate / 2), {128});
  double signal = 0.0;
  double error = 0.0;
  for (size_t k = out.size() / 2; k < out.size(); ++k) {
    const double seconds =
        static_cast<double>(k) / out_rate - static_cast<double>(converter.latency()) / in_rate;
    const double wanted = 0.5 * std::sin(2.0 * std::numbers::pi * hz * seconds);
    signal += wanted * wanted;
    error += (static_cast<double>(out[k]) - wanted) * (static_cast<double>(out[k]) - wanted);
  }
  return 10.0 * std::log10(signal / error);
}

struct Pair {
  uint32_t in;
  uint32_t out;
};
constexpr std::array<Pair, 6> kPairs{{{44100, 48000},
                                      {48000, 44100},
                                      {96000, 48000},
                                      {48000, 96000},
                                      {16000, 48000},
                                      {48000, 16000}}};

TEST(Converter, KeepsASineAndIsExactlyAsLateAsItSays) {
  for (const auto& [in, out] : kPairs) {
    for (const double hz : {50.0, 440.0, 1000.0, 5000.0, 6500.0, 10000.0, 14000.0, 18000.0}) {
      if (hz > 0.41 * std::min(in, out)) continue;  // the edge of what passes
      const double db = snr(in, out, hz);
      EXPECT_GT(db, hz < 17000.0 ? 96.0 : 90.0) << in << " to " << out << " at " << hz << " Hz";
    }
  }
}

TEST(Converter, InterpolatesItsFilterWhereATableWouldBeTooLarge) {
  for (const auto& [in, out] : {Pair{44101, 48000}, {48000, 44101}, {48000, 191999}}) {
    for (const double hz : {440.0, 5000.0, 14000.0}) {
      EXPECT_GT(snr(in, out, hz), 90.0) << in << " to " << out << " at " << hz << " Hz";
    }
  }
}

TEST(Converter, LetsNothingThroughThatTheLowerRateCannotHold) {
  for (const auto& [in, out, hz] : {std::array<uint32_t, 3>{48000, 16000, 10000},
                                    {48000, 44100, 23900},
                                    {96000, 48000, 30000},
                                    {96000, 48000, 40000}}) {
    Converter converter;
    ASSERT_TRUE(converter.configure(in, out));
    Sound rest = convert(converter, sine(hz, in, in / 4), {128});
    rest.erase(rest.begin(), rest.begin() + static_cast<ptrdiff_t>(rest.size() / 2));
    EXPECT_LT(test::loudest(rest), 0.5F * 1e-4F) << hz << " Hz from " << in << " to " << out;
  }
}

TEST(Converter, TakesNoLongerThanSaid) {
  const auto latency_ms = [](uint32_t in, uint32_t out) {
    Converter converter;
    EXPECT_TRUE(converter.configure(in, out));
    return converter.latency() * 1000.0 / in;
  };
  EXPECT_NEAR(latency_ms(44100, 48000), 0.907, 0.001);
  EXPECT_NEAR(latency_ms(48000, 44100), 0.917, 0.001);
  EXPECT_NEAR(latency_ms(96000, 48000), 0.833, 0.001);
  EXPECT_NEAR(latency_ms(16000, 48000), 2.5, 0.001);
}

TEST(Converter, MakesTheSameOfBlocksOfAnySize) {
  const Sound in = test::white(20000, 1);
  const std::vector<std::vector<uint32_t>> ways{{20000}, {128}, {1}, {441, 17, 1, 640, 159, 161}};
  for (const auto& [from, to] : {Pair{44100, 48000},
                                 {48000, 44100},
                                 {48000, 16000},
                                 {48000, 192000},
                                 {44101, 48000},
                                 {48000, 8000}}) {
    Converter converter;
    ASSERT_TRUE(converter.configure(from, to));
    const Sound whole = convert(converter, in, ways[0]);
    EXPECT_EQ(whole.size(), (20000ULL * to + from - 1) / from);
    for (const auto& way : ways) {
      converter.reset();
      EXPECT_EQ(convert(converter, in, way), whole) << from << " to " << to;
    }
  }
}

TEST(Converter, KnowsHowMuchInputItNeeds) {
  test::Random random(2);
  for (const auto& [in, out] : kPairs) {
    Converter converter;
    ASSERT_TRUE(converter.configure(in, out));
    Sound sound(5000);
    Sound left(20000);
    Sound right(20000);
    for (int i = 0; i < 1000; ++i) {
      const uint32_t wanted = random.below(500);
      const uint32_t needed = converter.input_frames(wanted);
      EXPECT_GE(converter.output_frames(needed), wanted);
      if (needed > 0) {
        EXPECT_LT(converter.output_frames(needed - 1), wanted);
      }
      converter.process({sound.data(), nullptr}, needed, {left.data(), right.data()});
    }
  }
}

TEST(Converter, IsAsNewAfterReset) {
  Converter converter;
  ASSERT_TRUE(converter.configure(44100, 48000));
  const Sound before = convert(converter, test::white(1000, 3), {77});
  EXPECT_NE(convert(converter, test::white(1000, 3), {77}), before);
  converter.reset();
  EXPECT_EQ(converter.next_output(), -static_cast<double>(converter.latency()));
  // The other channel too: convert() compares them.
  EXPECT_EQ(convert(converter, test::white(1000, 3), {77}), before);
}

TEST(Converter, AChannelThatIsNotThereIsSilentButNotLeftBehind) {
  Converter converter;
  ASSERT_TRUE(converter.configure(44100, 48000));
  const Sound in = sine(1000.0, 44100, 1000);
  Sound left(1200);
  Sound right(1200, 1.0F);
  const uint32_t frames =
      converter.process({in.data(), nullptr}, 1000, {left.data(), right.data()});
  EXPECT_GT(test::loudest(left), 0.4F);
  EXPECT_EQ(test::loudest({right.data(), frames}), 0.0F);
  // Long after it has come, nothing tells it from the other.
  for (int i = 0; i < 2; ++i) {
    converter.process({in.data(), in.data()}, 1000, {left.data(), right.data()});
  }
  EXPECT_TRUE(std::equal(left.begin(), left.begin() + frames, right.begin()));
}

TEST(Converter, SaysOfWhichTimeTheNextFrameIs) {
  Converter converter;
  ASSERT_TRUE(converter.configure(48000, 44100));
  Sound in(1000);
  Sound left(1200);
  Sound right(1200);
  int64_t taken = 0;
  int64_t made = 0;
  for (const uint32_t frames : {128U, 1U, 1U, 1U, 77U, 999U, 0U, 128U}) {
    made += converter.process({in.data(), in.data()}, frames, {left.data(), right.data()});
    taken += frames;
    const double expected = static_cast<double>(made) * 48000.0 / 44100.0 -
                            static_cast<double>(taken) - converter.latency();
    EXPECT_NEAR(converter.next_output(), expected, 1e-9);
  }
}

TEST(Converter, RefusesRatesOutOfRange) {
  Converter converter;
  EXPECT_FALSE(converter.configure(0, 48000));
  EXPECT_FALSE(converter.configure(48000, 0));
  EXPECT_FALSE(converter.configure(7999, 48000));
  EXPECT_FALSE(converter.configure(48000, 192001));
  EXPECT_FALSE(converter.configure(UINT32_MAX, 48000));
  EXPECT_TRUE(converter.configure(8000, 48000));
  EXPECT_TRUE(converter.configure(48000, 192000));
  EXPECT_TRUE(converter.configure(47999, 48000));
}

}  // namespace
}  // namespace tutti::rate
