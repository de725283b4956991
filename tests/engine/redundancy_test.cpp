#include "wire/redundancy.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "signals.h"

namespace tutti::wire {
namespace {

Header header(uint16_t sequence) {
  Header h;
  h.capture_time_us = 1000U * sequence;
  h.sequence = sequence;
  h.frames = 64;
  h.rate_code = 3;
  h.bits = 16;
  h.channels_wanted = 2;
  h.channels = 1;
  return h;
}

void append(std::vector<uint8_t>& bytes, const Header& h) {
  const size_t at = bytes.size();
  bytes.resize(at + packet_bytes(h), static_cast<uint8_t>(h.sequence));
  write_header(h, std::span(bytes).subspan(at));
}

// `count` packets, the newest first.
std::vector<uint8_t> datagram(uint16_t newest, size_t count) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i < count; ++i) append(bytes, header(static_cast<uint16_t>(newest - i)));
  return bytes;
}

// Two packets, of which the second is made different.
template <typename Change>
Refusal answer_to_second(Change change) {
  std::vector<uint8_t> bytes = datagram(500, 1);
  Header older = header(499);
  change(older);
  append(bytes, older);
  Datagram parsed;
  const Refusal answer = parsed.parse(bytes);
  EXPECT_EQ(parsed.count(), answer == Refusal::kNone ? 2U : 0U);
  return answer;
}

TEST(Redundancy, IsReadNewestFirst) {
  for (size_t count = 1; count <= kMaxRedundancy; ++count) {
    const std::vector<uint8_t> bytes = datagram(700, count);
    Datagram parsed;
    ASSERT_EQ(parsed.parse(bytes), Refusal::kNone) << count;
    ASSERT_EQ(parsed.count(), count);
    for (size_t i = 0; i < count; ++i) {
      const auto sequence = static_cast<uint16_t>(700 - i);
      EXPECT_EQ(parsed[i].header.sequence, sequence);
      EXPECT_EQ(parsed[i].header.capture_time_us, 1000U * sequence);
      ASSERT_EQ(parsed[i].payload.size(), 128U);
      EXPECT_EQ(parsed[i].payload.data(), bytes.data() + i * 144 + kHeaderBytes);
      EXPECT_EQ(parsed[i].payload.back(), static_cast<uint8_t>(sequence));
    }
  }
}

TEST(Redundancy, GoesOnWhereTheSequenceWraps) {
  for (uint16_t newest = 0; newest < kMaxRedundancy; ++newest) {
    Datagram parsed;
    ASSERT_EQ(parsed.parse(datagram(newest, kMaxRedundancy)), Refusal::kNone);
    EXPECT_EQ(parsed[kMaxRedundancy - 1].header.sequence,
              static_cast<uint16_t>(newest - (kMaxRedundancy - 1)));
  }
}

TEST(Redundancy, BeyondTheBoundIsRefused) {
  for (const size_t count : {kMaxRedundancy + 1, 2 * kMaxRedundancy, size_t{400}}) {
    Datagram parsed;
    EXPECT_EQ(parsed.parse(datagram(900, count)), Refusal::kRedundancy) << count;
    EXPECT_EQ(parsed.count(), 0U);
  }
}

TEST(Redundancy, IsAWholeNumberOfPackets) {
  std::vector<uint8_t> bytes = datagram(500, 3);
  const size_t size = bytes.size() / 3;
  for (size_t length = size; length <= 3 * size; ++length) {
    const std::vector<uint8_t> cut(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(length));
    Datagram parsed;
    EXPECT_EQ(parsed.parse(cut), length % size == 0 ? Refusal::kNone : Refusal::kSize) << length;
  }
}

TEST(Redundancy, IsOfOneKind) {
  EXPECT_EQ(answer_to_second([](Header& /*h*/) {}), Refusal::kNone);
  // Each of the same size in bytes.
  EXPECT_EQ(answer_to_second([](Header& h) {
              h.frames = 32;
              h.channels = 2;
            }),
            Refusal::kRedundancy);
  EXPECT_EQ(answer_to_second([](Header& h) {
              h.frames = 32;
              h.bits = 32;
            }),
            Refusal::kRedundancy);
  EXPECT_EQ(answer_to_second([](Header& h) {
              h.bits = 8;
              h.channels = 2;
            }),
            Refusal::kRedundancy);
  EXPECT_EQ(answer_to_second([](Header& h) { h.rate_code = 2; }), Refusal::kRedundancy);
  // What the sender wants to receive may change between two packets.
  EXPECT_EQ(answer_to_second([](Header& h) { h.channels_wanted = 1; }), Refusal::kNone);
}

TEST(Redundancy, IsOfConsecutivePackets) {
  for (const uint16_t other : {500, 498, 501, 0, 65535}) {
    EXPECT_EQ(answer_to_second([&](Header& h) { h.sequence = other; }), Refusal::kRedundancy)
        << other;
  }
}

TEST(Redundancy, IsCheckedToTheLastPacket) {
  constexpr size_t kSize = 144;
  for (size_t damaged = 0; damaged < 4; ++damaged) {
    const auto answer_with = [&](size_t at, uint8_t value) {
      std::vector<uint8_t> bytes = datagram(500, 4);
      bytes[damaged * kSize + at] = value;
      Datagram parsed;
      const Refusal answer = parsed.parse(bytes);
      EXPECT_EQ(parsed.count(), 0U);
      return answer;
    };
    EXPECT_EQ(answer_with(12, 9), Refusal::kRateCode);
    EXPECT_EQ(answer_with(13, 12), Refusal::kBits);
    EXPECT_EQ(answer_with(10, 3), Refusal::kFrames);
    EXPECT_EQ(answer_with(15, 200), Refusal::kChannels);
  }
}

TEST(Redundancy, OfPacketsWithoutSoundIsBoundedToo) {
  const auto headers = [](size_t count) {
    std::vector<uint8_t> bytes;
    for (size_t i = 0; i < count; ++i) {
      Header h = header(static_cast<uint16_t>(500 - i));
      h.channels = 0;
      append(bytes, h);
    }
    Datagram parsed;
    return parsed.parse(bytes);
  };
  EXPECT_EQ(headers(kMaxRedundancy), Refusal::kNone);
  EXPECT_EQ(headers(kMaxRedundancy + 1), Refusal::kRedundancy);
}

TEST(Redundancy, ForgetsTheDatagramBefore) {
  Datagram parsed;
  EXPECT_EQ(parsed.count(), 0U);
  ASSERT_EQ(parsed.parse(datagram(10, 3)), Refusal::kNone);
  EXPECT_EQ(parsed.parse(std::vector<uint8_t>(kStopBytes, 0xFF)), Refusal::kStop);
  EXPECT_EQ(parsed.count(), 0U);
  ASSERT_EQ(parsed.parse(datagram(10, 3)), Refusal::kNone);
  EXPECT_EQ(parsed.parse({}), Refusal::kTooShort);
  EXPECT_EQ(parsed.count(), 0U);
}

TEST(Redundancy, OfAnyBytesIsConsistentOrRefused) {
  test::Random random(2);
  size_t let_through = 0;
  for (int round = 0; round < 5000; ++round) {
    std::vector<uint8_t> bytes =
        datagram(static_cast<uint16_t>(random.bits()), 1 + random.below(9));
    for (uint32_t damage = random.below(3); damage > 0; --damage) {
      bytes[random.below(static_cast<uint32_t>(bytes.size()))] = random.byte();
    }
    if (random.chance(0.1)) bytes.resize(random.below(static_cast<uint32_t>(bytes.size())));
    Datagram parsed;
    const Refusal answer = parsed.parse(bytes);
    ASSERT_EQ(answer == Refusal::kNone, parsed.count() > 0);
    ASSERT_LE(parsed.count(), kMaxRedundancy);
    size_t total = 0;
    for (size_t i = 0; i < parsed.count(); ++i) {
      total += packet_bytes(parsed[i].header);
      EXPECT_EQ(parsed[i].header.sequence, static_cast<uint16_t>(parsed[0].header.sequence - i));
      EXPECT_EQ(parsed[i].payload.size(), parsed[0].payload.size());
    }
    if (answer != Refusal::kNone) continue;
    ++let_through;
    EXPECT_EQ(total, bytes.size());
  }
  EXPECT_GT(let_through, 1000U);
}

}  // namespace
}  // namespace tutti::wire
