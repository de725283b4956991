#include "wire/sequence.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "signals.h"

namespace tutti::wire {
namespace {

int64_t next(SequenceUnwrapper& unwrapper, uint16_t sequence) {
  const int64_t unwrapped = unwrapper.unwrap(sequence);
  unwrapper.observe(unwrapped);
  return unwrapped;
}

TEST(Sequence, BeginsARoundUp) {
  for (const uint16_t first : {0, 1, 32768, 65535}) {
    SequenceUnwrapper unwrapper;
    EXPECT_EQ(unwrapper.newest(), -1);
    EXPECT_EQ(next(unwrapper, first), 65536 + first);
    EXPECT_EQ(unwrapper.newest(), 65536 + first);
    // The furthest back that there is stays positive.
    EXPECT_GT(unwrapper.unwrap(static_cast<uint16_t>(first - 32768)), 0);
  }
}

TEST(Sequence, CountsOnThroughManyRounds) {
  SequenceUnwrapper unwrapper;
  const int64_t first = next(unwrapper, 65000);
  for (int64_t i = 1; i < 400000; ++i) {
    ASSERT_EQ(next(unwrapper, static_cast<uint16_t>(65000 + i)), first + i);
  }
}

TEST(Sequence, FindsItsWayThroughLossAndReordering) {
  test::Random random(3);
  SequenceUnwrapper unwrapper;
  int64_t truth = 65536 + 40000;
  next(unwrapper, static_cast<uint16_t>(truth));
  for (int i = 0; i < 100000; ++i) {
    truth += 1 + random.below(30000);
    ASSERT_EQ(next(unwrapper, static_cast<uint16_t>(truth)), truth);
    const int64_t older = truth - random.below(32768);
    ASSERT_EQ(next(unwrapper, static_cast<uint16_t>(older)), older);
  }
}

TEST(Sequence, IsTheNearestToTheNewest) {
  SequenceUnwrapper unwrapper;
  next(unwrapper, 100);
  EXPECT_EQ(unwrapper.unwrap(101), 65536 + 101);
  EXPECT_EQ(unwrapper.unwrap(99), 65536 + 99);
  EXPECT_EQ(unwrapper.unwrap(100 + 32767), 65536 + 100 + 32767);
  EXPECT_EQ(unwrapper.unwrap(static_cast<uint16_t>(100 - 32767)), 65536 + 100 - 32767);
  EXPECT_EQ(unwrapper.unwrap(65535), 65535);
}

TEST(Sequence, IsNotMovedByOlderOnes) {
  SequenceUnwrapper unwrapper;
  next(unwrapper, 1000);
  unwrapper.observe(65536 + 10);
  unwrapper.observe(0);
  unwrapper.observe(-5);
  EXPECT_EQ(unwrapper.newest(), 65536 + 1000);
}

TEST(Sequence, ThatBeginsAnewIsBeyondAllBefore) {
  test::Random random(4);
  SequenceUnwrapper unwrapper;
  next(unwrapper, 65535);
  int64_t before = unwrapper.newest();
  for (int i = 0; i < 1000; ++i) {
    const auto sequence = static_cast<uint16_t>(random.bits());
    const int64_t after = unwrapper.restart(sequence);
    EXPECT_EQ(unwrapper.newest(), after);
    EXPECT_EQ(static_cast<uint16_t>(after), sequence);
    // Even the latest packet that could still come is not mistaken for an earlier one.
    EXPECT_GT(after - before, 65536);
    EXPECT_EQ(next(unwrapper, static_cast<uint16_t>(sequence + 1)), after + 1);
    before = unwrapper.newest();
  }
}

TEST(Sequence, IsForgottenByAReset) {
  SequenceUnwrapper unwrapper;
  next(unwrapper, 65000);
  next(unwrapper, 100);
  unwrapper.reset();
  EXPECT_EQ(unwrapper.newest(), -1);
  EXPECT_EQ(unwrapper.unwrap(7), 65536 + 7);
}

}  // namespace
}  // namespace tutti::wire
