#include "codec/pcm.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "signals.h"

namespace tutti::codec {
namespace {

constexpr std::array<uint32_t, 4> kBits{8, 16, 24, 32};
constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

std::vector<uint8_t> encoded(uint32_t bits, const std::vector<float>& in) {
  std::vector<uint8_t> out(in.size() * bits / 8);
  pcm_encode(bits, in, out.data());
  return out;
}

std::vector<float> decoded(uint32_t bits, const std::vector<uint8_t>& in) {
  std::vector<float> out(in.size() * 8 / bits);
  pcm_decode(bits, in.data(), out);
  return out;
}

float there_and_back(uint32_t bits, float x) { return decoded(bits, encoded(bits, {x}))[0]; }

std::vector<uint8_t> bytes_of(float x) {
  const auto word = __builtin_bit_cast(uint32_t, x);
  return {static_cast<uint8_t>(word), static_cast<uint8_t>(word >> 8U),
          static_cast<uint8_t>(word >> 16U), static_cast<uint8_t>(word >> 24U)};
}

TEST(Pcm, Of8BitsPassesEveryValue) {
  std::vector<uint8_t> bytes;
  for (int v = -128; v < 128; ++v) bytes.push_back(static_cast<uint8_t>(v));
  const std::vector<float> sound = decoded(8, bytes);
  EXPECT_EQ(sound.front(), -1.0F);
  EXPECT_EQ(sound[128], 0.0F);
  EXPECT_EQ(sound.back(), 127.0F / 128.0F);
  EXPECT_EQ(encoded(8, sound), bytes);
}

TEST(Pcm, Of16BitsPassesEveryValue) {
  std::vector<uint8_t> bytes;
  for (int v = -32768; v < 32768; ++v) {
    bytes.push_back(static_cast<uint8_t>(v));
    bytes.push_back(static_cast<uint8_t>(v >> 8));
  }
  const std::vector<float> sound = decoded(16, bytes);
  ASSERT_EQ(sound.size(), 65536U);
  for (int v = -32768; v < 32768; ++v) {
    ASSERT_EQ(sound[static_cast<size_t>(v + 32768)], static_cast<float>(v) / 32768.0F);
  }
  EXPECT_EQ(encoded(16, sound), bytes);
}

// However many there are, and wherever they are: several are decoded at a time.
TEST(Pcm, IsTheSameAloneAndAmongOthers) {
  test::Random random(8);
  std::vector<uint8_t> bytes(200);
  for (uint8_t& b : bytes) b = random.byte();
  for (const uint32_t bits : kBits) {
    const size_t size = bits / 8;
    for (size_t count = 0; count < 40; ++count) {
      const size_t at = count % 5;
      std::vector<float> sound(count + 1, 0.25F);
      pcm_decode(bits, &bytes[at], {sound.data(), count});
      for (size_t i = 0; i < count; ++i) {
        float alone = 0.0F;
        pcm_decode(bits, &bytes[at + i * size], {&alone, 1});
        ASSERT_EQ(sound[i], alone) << bits << " bits, " << i << " of " << count;
      }
      ASSERT_EQ(sound[count], 0.25F);
    }
  }
}

TEST(Pcm, Of24BitsPassesValuesOfTheWholeRange) {
  // Every 251st, and all around zero and the ends.
  std::vector<uint8_t> bytes;
  std::vector<float> sound;
  const auto add = [&](int v) {
    sound.push_back(static_cast<float>(v) / 8388608.0F);
    bytes.push_back(static_cast<uint8_t>(v >> 8));
    bytes.push_back(static_cast<uint8_t>(v >> 16));
    bytes.push_back(static_cast<uint8_t>(v));
  };
  for (int v = -8388608; v < 8388608; v += 251) add(v);
  for (int v = -600; v < 600; ++v) add(v);
  for (int v = 0; v < 600; ++v) {
    add(-8388608 + v);
    add(8388607 - v);
  }
  EXPECT_TRUE(decoded(24, bytes) == sound);
  EXPECT_TRUE(encoded(24, sound) == bytes);
}

TEST(Pcm, Of24BitsIsAFloorAndARemainder) {
  using Bytes = std::vector<uint8_t>;
  constexpr float kLeast = 1.0F / 8388608.0F;
  EXPECT_EQ(encoded(24, {0.0F}), (Bytes{0x00, 0x00, 0x00}));
  EXPECT_EQ(encoded(24, {kLeast}), (Bytes{0x00, 0x00, 0x01}));
  EXPECT_EQ(encoded(24, {256 * kLeast}), (Bytes{0x01, 0x00, 0x00}));
  // Just below zero: the floor is -1, and 255 of 256 are left.
  EXPECT_EQ(encoded(24, {-kLeast}), (Bytes{0xFF, 0xFF, 0xFF}));
  EXPECT_EQ(encoded(24, {-256 * kLeast}), (Bytes{0xFF, 0xFF, 0x00}));
  EXPECT_EQ(encoded(24, {0.5F}), (Bytes{0x00, 0x40, 0x00}));
  EXPECT_EQ(encoded(24, {1.0F}), (Bytes{0xFF, 0x7F, 0xFF}));
  EXPECT_EQ(encoded(24, {-1.0F}), (Bytes{0x00, 0x80, 0x00}));
  // Without its last byte it is the same sound in 16 bits, rounded down.
  EXPECT_EQ(encoded(24, {0.3F})[0] + 256 * encoded(24, {0.3F})[1], std::floor(0.3F * 32768.0F));
}

TEST(Pcm, Of32BitsPassesEveryFloatInRange) {
  test::Random random(5);
  std::vector<float> sound{0.0F,
                           -0.0F,
                           1.0F,
                           -1.0F,
                           kMaxFloatSample,
                           -kMaxFloatSample,
                           std::numeric_limits<float>::min(),
                           std::numeric_limits<float>::denorm_min()};
  for (int i = 0; i < 10000; ++i) {
    sound.push_back(
        static_cast<float>(random.between(-8.0, 8.0) * std::exp(-random.between(0, 80))));
  }
  const std::vector<float> back = decoded(32, encoded(32, sound));
  for (size_t i = 0; i < sound.size(); ++i) {
    ASSERT_EQ(__builtin_bit_cast(uint32_t, back[i]), __builtin_bit_cast(uint32_t, sound[i])) << i;
  }
  EXPECT_EQ(encoded(32, {-0.3F}), bytes_of(-0.3F));
}

TEST(Pcm, IsRoundedToTheNearest) {
  for (const uint32_t bits : {8U, 16U, 24U}) {
    const auto scale = static_cast<float>(1U << (bits - 1U));
    for (int v = -100; v <= 100; ++v) {
      const auto value = static_cast<float>(v);
      for (const float off : {-0.4375F, 0.0F, 0.4375F}) {
        EXPECT_EQ(there_and_back(bits, (value + off) / scale), value / scale) << bits << ' ' << v;
      }
    }
  }
}

TEST(Pcm, OfFewerBitsIsOffByHalfAStepAtMost) {
  const std::vector<float> sound = test::white(20000, 6, 0.99);
  for (const uint32_t bits : {8U, 16U, 24U}) {
    const std::vector<float> back = decoded(bits, encoded(bits, sound));
    const double step = 1.0 / (1U << (bits - 1U));
    for (size_t i = 0; i < sound.size(); ++i) {
      ASSERT_LE(std::fabs(static_cast<double>(back[i]) - static_cast<double>(sound[i])),
                0.5 * step);
    }
  }
}

TEST(Pcm, ClipsWhatIsTooLoud) {
  for (const uint32_t bits : {8U, 16U, 24U}) {
    const float top = 1.0F - 1.0F / static_cast<float>(1U << (bits - 1U));
    for (const float loud :
         {1.0F, 1.5F, 8.0F, 1e9F, std::numeric_limits<float>::max(), kInfinity}) {
      EXPECT_EQ(there_and_back(bits, loud), top) << bits;
      EXPECT_EQ(there_and_back(bits, -loud), -1.0F) << bits;
    }
  }
}

TEST(Pcm, NeverSendsWhatIsNotANumber) {
  for (const uint32_t bits : kBits) {
    EXPECT_EQ(there_and_back(bits, kNan), 0.0F);
    EXPECT_EQ(encoded(bits, {-kNan}), std::vector<uint8_t>(bits / 8, 0));
  }
  EXPECT_EQ(encoded(32, {kInfinity}), std::vector<uint8_t>(4, 0));
  EXPECT_EQ(encoded(32, {-kInfinity}), std::vector<uint8_t>(4, 0));
}

TEST(Pcm, NeverLetsAbsurdFloatsIn) {
  const float beyond = std::nextafter(kMaxFloatSample, 100.0F);
  for (const float absurd : {kNan, -kNan, kInfinity, -kInfinity, beyond, -beyond, 1e30F, -1e30F}) {
    EXPECT_EQ(decoded(32, bytes_of(absurd))[0], 0.0F);
  }
  // NaNs of other payloads.
  EXPECT_EQ(decoded(32, {0x01, 0x00, 0x80, 0x7F})[0], 0.0F);
  EXPECT_EQ(decoded(32, {0xFF, 0xFF, 0xFF, 0xFF})[0], 0.0F);
}

TEST(Pcm, OfAnyBytesIsFiniteAndBounded) {
  test::Random random(7);
  std::vector<uint8_t> bytes(24000);
  for (uint8_t& b : bytes) b = random.byte();
  for (const uint32_t bits : kBits) {
    for (const float x : decoded(bits, bytes)) {
      ASSERT_LE(std::fabs(x), bits == 32 ? kMaxFloatSample : 1.0F);
    }
  }
}

TEST(Pcm, TouchesNothingForANumberOfBitsThatIsNot) {
  for (const uint32_t bits : {0U, 1U, 12U, 20U, 64U, 255U}) {
    std::vector<uint8_t> out(64, 0x55);
    pcm_encode(bits, std::vector<float>(8, 0.5F), out.data());
    EXPECT_EQ(out, std::vector<uint8_t>(64, 0x55));
    std::vector<float> sound(8, 0.25F);
    pcm_decode(bits, out.data(), sound);
    EXPECT_EQ(sound, std::vector<float>(8, 0.25F));
  }
}

}  // namespace
}  // namespace tutti::codec
