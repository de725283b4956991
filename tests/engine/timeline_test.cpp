#include "playout/timeline.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "signals.h"

namespace tutti::playout {
namespace {

constexpr int64_t kFrames = Timeline::kFrames;

// Which frame it is, so that one sees where it went.
float code(int64_t frame) { return static_cast<float>(frame % 1000003) + 0.5F; }

std::vector<float> coded(int64_t first, int64_t count) {
  std::vector<float> x;
  for (int64_t f = first; f < first + count; ++f) x.push_back(code(f));
  return x;
}

std::vector<float> read(const Timeline& timeline, int64_t first, int64_t count,
                        uint32_t channel = 0) {
  std::vector<float> x(static_cast<size_t>(count), -1.0F);
  timeline.read(channel, first, x);
  return x;
}

Timeline made() {
  Timeline timeline;
  timeline.configure();
  return timeline;
}

TEST(Timeline, IsSilentAndEmptyAtFirst) {
  const Timeline timeline = made();
  EXPECT_EQ(read(timeline, 12345, kFrames), std::vector<float>(kFrames, 0.0F));
  EXPECT_EQ(read(timeline, 12345, kFrames, 1), std::vector<float>(kFrames, 0.0F));
  for (int64_t packet = 0; packet < 3 * Timeline::kPackets; ++packet) {
    ASSERT_FALSE(timeline.has(packet));
  }
}

TEST(Timeline, GivesBackWhatWasWrittenWhereverItWraps) {
  Timeline timeline = made();
  for (const int64_t first : {int64_t{0}, kFrames - 1, kFrames - 64, kFrames, 5 * kFrames - 127,
                              (int64_t{1} << 40) + kFrames - 3}) {
    for (const int64_t count : {int64_t{1}, int64_t{128}, int64_t{1024}, kFrames}) {
      timeline.write(0, first, coded(first, count));
      ASSERT_EQ(read(timeline, first, count), coded(first, count)) << first << ' ' << count;
      // In any portions.
      EXPECT_EQ(read(timeline, first + count / 2, count - count / 2),
                coded(first + count / 2, count - count / 2));
    }
  }
}

TEST(Timeline, LeavesTheNeighboursAlone) {
  Timeline timeline = made();
  const int64_t begin = 3 * kFrames - 200;
  timeline.write(0, begin, coded(begin, 400));
  timeline.write(0, begin + 100, std::vector<float>(200, -7.0F));
  EXPECT_EQ(read(timeline, begin, 100), coded(begin, 100));
  EXPECT_EQ(read(timeline, begin + 100, 200), std::vector<float>(200, -7.0F));
  EXPECT_EQ(read(timeline, begin + 300, 100), coded(begin + 300, 100));
  timeline.write(0, begin, {});
  EXPECT_EQ(read(timeline, begin, 100), coded(begin, 100));
}

TEST(Timeline, TakesPacketsInAnyOrder) {
  Timeline timeline = made();
  test::Random random(8);
  std::vector<int64_t> order;
  for (int64_t p = 0; p < kFrames / 128; ++p) order.push_back(9000 + p);
  for (size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[random.below(static_cast<uint32_t>(i))]);
  }
  for (const int64_t p : order) timeline.write(0, p * 128, coded(p * 128, 128));
  EXPECT_EQ(read(timeline, 9000 * 128, kFrames), coded(9000 * 128, kFrames));
}

TEST(Timeline, KeepsTheChannelsApart) {
  Timeline timeline = made();
  timeline.write(0, 100, coded(100, 50));
  timeline.write(1, 100, coded(7000, 50));
  EXPECT_EQ(read(timeline, 100, 50, 0), coded(100, 50));
  EXPECT_EQ(read(timeline, 100, 50, 1), coded(7000, 50));
}

TEST(Timeline, WidensToTwoEqualChannels) {
  Timeline timeline = made();
  timeline.write(0, 777, coded(777, kFrames));
  timeline.write(1, 777, std::vector<float>(kFrames, 9.0F));
  timeline.widen();
  EXPECT_EQ(read(timeline, 777, kFrames, 0), coded(777, kFrames));
  EXPECT_EQ(read(timeline, 777, kFrames, 1), coded(777, kFrames));
}

TEST(Timeline, KnowsWhichPacketsAreThere) {
  Timeline timeline = made();
  const int64_t first = 65536 + 700;
  for (int64_t p = first; p < first + Timeline::kPackets; p += 3) {
    timeline.mark(p, static_cast<uint64_t>(p) * 1000U);
  }
  for (int64_t p = first; p < first + Timeline::kPackets; ++p) {
    const bool there = (p - first) % 3 == 0;
    ASSERT_EQ(timeline.has(p), there);
    if (there) {
      EXPECT_EQ(timeline.capture_time_us(p), static_cast<uint64_t>(p) * 1000U);
    }
    // Never mistaken for one of another round.
    ASSERT_FALSE(timeline.has(p + Timeline::kPackets));
    ASSERT_FALSE(timeline.has(p - Timeline::kPackets));
  }
}

TEST(Timeline, ForgetsAPacketForTheOneThatTakesItsPlace) {
  Timeline timeline = made();
  timeline.mark(70000, 1);
  timeline.mark(70000 + Timeline::kPackets, 2);
  EXPECT_FALSE(timeline.has(70000));
  ASSERT_TRUE(timeline.has(70000 + Timeline::kPackets));
  EXPECT_EQ(timeline.capture_time_us(70000 + Timeline::kPackets), 2U);
}

TEST(Timeline, HoldsEveryPacketOfTheRingWhateverItsSize) {
  for (const int64_t frames : {16, 17, 128, 1024}) {
    Timeline timeline = made();
    const int64_t packets = kFrames / frames;
    for (int64_t p = 66000; p < 66000 + packets; ++p) timeline.mark(p, 0);
    for (int64_t p = 66000; p < 66000 + packets; ++p) ASSERT_TRUE(timeline.has(p)) << frames;
  }
}

TEST(Timeline, MovesSoundEitherWayThoughItOverlaps) {
  for (const int64_t distance : {1, -1, 37, -37, 500, -500, 900, -900, 6000, -6000}) {
    Timeline timeline = made();
    const int64_t end = 4 * kFrames + 100;  // over the seam
    constexpr int64_t kCount = 600;
    const std::vector<float> left = coded(end - kCount, kCount);
    const std::vector<float> right = coded(end - kCount + 7000, kCount);
    timeline.write(0, end - kCount, left);
    timeline.write(1, end - kCount, right);
    timeline.move(end, kCount, distance);
    EXPECT_EQ(read(timeline, end - kCount + distance, kCount, 0), left) << distance;
    EXPECT_EQ(read(timeline, end - kCount + distance, kCount, 1), right) << distance;
  }
}

TEST(Timeline, MovesNothingElse) {
  Timeline timeline = made();
  timeline.write(0, 0, coded(0, kFrames));
  timeline.move(5000, 100, 1000);
  EXPECT_EQ(read(timeline, 0, 5900), coded(0, 5900));
  EXPECT_EQ(read(timeline, 5900, 100), coded(4900, 100));
  EXPECT_EQ(read(timeline, 6000, kFrames - 6000), coded(6000, kFrames - 6000));
  timeline.move(5000, 0, 1000);
  EXPECT_EQ(read(timeline, 6000, 100), coded(6000, 100));
}

TEST(Timeline, ForgetsAllByAReset) {
  Timeline timeline = made();
  timeline.write(0, 0, coded(0, kFrames));
  timeline.write(1, 0, coded(0, kFrames));
  timeline.mark(65536, 5);
  timeline.reset();
  EXPECT_FALSE(timeline.has(65536));
  EXPECT_EQ(read(timeline, 0, kFrames, 0), std::vector<float>(kFrames, 0.0F));
  EXPECT_EQ(read(timeline, 0, kFrames, 1), std::vector<float>(kFrames, 0.0F));
}

}  // namespace
}  // namespace tutti::playout
