#include "playout/stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "rig.h"

namespace tutti::test {
namespace {

using playout::DelayMode;
using playout::DelayTarget;
using Way = std::optional<double>;

// The sender's frame that rendered frame `i` is, if the last `checked` frames are an exact copy of
// what was sent; nothing when they are not.
std::optional<int64_t> exact_copy(const Rig& rig, size_t checked) {
  const size_t begin = rig.out.size() - checked;
  // From the end: the code repeats every 65,536 frames.
  for (int64_t frame = rig.captured - static_cast<int64_t>(checked); frame >= 0; --frame) {
    size_t same = 0;
    while (same < checked && rig.out[begin + same] == coded(frame + static_cast<int64_t>(same))) {
      ++same;
    }
    if (same == checked) return frame;
  }
  return std::nullopt;
}

TEST(Stream, IsSilentBeforeAnythingArrives) {
  Rig rig;
  rig.sending = false;
  rig.run(500);
  EXPECT_EQ(rms(rig.out), 0.0);
  EXPECT_FALSE(rig.stream.playing());
}

TEST(Stream, PassesSamplesBitForBitWithAHeldDelay) {
  Rig rig;
  rig.way = [](int64_t k) -> Way { return 5.0 + 4.0 * noise(1, k); };
  rig.stream.set_delay(DelayMode::kHold, 12.0);
  rig.run(2000);
  EXPECT_TRUE(exact_copy(rig, 48000));
  EXPECT_EQ(rig.stream.stats().discontinuities, 0U);
}

// Audio threads lose time on busy machines, and routes become slower: a delay that is held must not
// make everything late for ever.
TEST(Stream, SetsAHeldDelayAgainWhenNothingComesInTimeAnyMore) {
  Rig rig;
  rig.stream.set_delay(DelayMode::kHold, 10.0);
  rig.way = [](int64_t k) -> Way { return k < 400 ? 5.0 : 45.0 + 3.0 * noise(1, k); };
  rig.run(4000);
  EXPECT_TRUE(exact_copy(rig, 48000));
  EXPECT_EQ(rig.stream.stats().discontinuities, 1U);
  EXPECT_NEAR(rig.stream.playout_delay_ms(), 10.0, 3.0);
}

TEST(Stream, LeavesAHeldDelayWhileAQueueDrains) {
  Rig rig;
  rig.stream.set_delay(DelayMode::kHold, 10.0);
  // An outage of 200 ms: what was kept back comes out at once.
  rig.way = [](int64_t k) -> Way {
    const double since_ms = static_cast<double>(k - 400) * 128.0 / 48.0;
    return since_ms >= 0.0 && since_ms < 200.0 ? 5.0 + 200.0 - since_ms : 5.0;
  };
  rig.run(3000);
  EXPECT_EQ(rig.stream.stats().discontinuities, 0U);
  EXPECT_NEAR(rig.stream.playout_delay_ms(), 10.0, 0.1);
}

TEST(Stream, PassesSamplesBitForBitOnASteadyNetworkToo) {
  Rig rig;
  rig.run(2000);
  EXPECT_TRUE(exact_copy(rig, 48000));
}

TEST(Stream, KeepsTheDelayThatItReports) {
  for (const double ms : {4.0, 10.0, 33.3, 120.0}) {
    Rig rig;
    rig.stream.set_delay(DelayMode::kHold, ms);
    rig.run(1500);
    const auto frame = exact_copy(rig, 4800);
    ASSERT_TRUE(frame) << ms;
    // The first frame of the stretch was captured at frame/48 ms, left with its packet when that
    // was whole, and took 5 ms (rounded up to our quantum) to be available.
    const double played = static_cast<double>(rig.out.size() - 4800);
    const double packet = static_cast<double>(*frame / 128 * 128);
    const double available = std::ceil((packet + 128 + 240) / 128.0) * 128.0;
    const double in_packet = static_cast<double>(*frame % 128);
    EXPECT_NEAR((played - in_packet - available) / 48.0, ms, 0.03) << ms;
    EXPECT_NEAR(rig.stream.playout_delay_ms(), ms, 0.03);
  }
}

TEST(Stream, PlaysASteadyStreamWithHardlyAnyDelay) {
  Rig rig;
  rig.run(3000);
  EXPECT_LT(rig.stream.playout_delay_ms(), 2.0);
  EXPECT_EQ(rig.stream.stats().concealed_frames, 0U);
  EXPECT_EQ(rig.stream.stats().late, 0U);
  EXPECT_EQ(rig.stream.stats().lost, 0U);
}

TEST(Stream, FindsTheDepthThatTheNetworkNeedsWithinThreeSeconds) {
  Rig rig;
  rig.way = [](int64_t k) -> Way { return 10.0 + 20.0 * noise(2, k); };
  rig.run(3000);
  EXPECT_GT(rig.stream.playout_delay_ms(), 17.0);
  EXPECT_LT(rig.stream.playout_delay_ms(), 26.0);
  const uint64_t late = rig.stream.stats().late;
  rig.run(10000);
  EXPECT_LE(rig.stream.stats().late - late, 40U);  // of 3,750: about 1 %
}

TEST(Stream, SafeWaitsLongerThanQuick) {
  // Mostly 10 ms, 3 % of the packets up to 40 ms later.
  const auto way = [](int64_t k) -> Way {
    return noise(3, k) < 0.03 ? 10.0 + 40.0 * noise(4, k) : 10.0;
  };
  Rig quick;
  quick.way = way;
  quick.stream.set_late_cost(1.0);
  quick.run(10000);
  Rig safe;
  safe.way = way;
  safe.stream.set_late_cost(100.0);
  safe.run(10000);
  EXPECT_LT(quick.stream.playout_delay_ms(), 6.0);
  EXPECT_GT(safe.stream.playout_delay_ms(), 30.0);
  EXPECT_LT(safe.stream.stats().late, quick.stream.stats().late);
}

TEST(Stream, TakesAnotherDelayWhilePlayingWithoutAClick) {
  Rig rig;
  rig.sound = sine(440.0);
  rig.stream.set_delay(DelayMode::kFixed, 10.0);
  rig.run(1000);
  const float usual = largest_step(rig.last(500));
  for (const double ms : {40.0, 8.0, 12.0}) {
    rig.stream.set_delay(DelayMode::kFixed, ms);
    rig.run(9000);
    EXPECT_NEAR(rig.stream.playout_delay_ms(), ms, 0.6) << ms;
    EXPECT_LT(largest_step(rig.last(9000)), 1.5F * usual) << ms;
  }
  EXPECT_EQ(rig.stream.stats().late, 0U);
}

TEST(Stream, CountsWhatIsLost) {
  Rig rig;
  rig.way = [](int64_t k) -> Way { return k % 100 == 50 ? Way{} : Way{5.0}; };
  rig.run(8 * 1000 / 3.0 * 100);  // a hundred thousand packets' time, more or less
  const auto& stats = rig.stream.stats();
  const auto sent = static_cast<double>(rig.sent.size());
  EXPECT_NEAR(static_cast<double>(stats.lost), sent / 100.0, 2.0);
  EXPECT_NEAR(static_cast<double>(stats.received + stats.lost), sent, 5.0);
  EXPECT_EQ(stats.late, 0U);
  EXPECT_NEAR(static_cast<double>(stats.concealed_frames), 128.0 * static_cast<double>(stats.lost),
              128.0);
}

TEST(Stream, CountsALargeLeapOfTheSenderAtOnce) {
  Rig rig;
  rig.run(1000);
  const uint64_t lost = rig.stream.stats().lost;
  // Good packets, but 900 sequences apart: within a receiver's window, and without an end.
  int64_t sequence = static_cast<int64_t>(rig.sent.size()) - 1;
  std::vector<uint8_t> packet = rig.sent.back();
  for (int i = 0; i < 30; ++i) {
    sequence += 900;
    packet[8] = static_cast<uint8_t>(sequence);
    packet[9] = static_cast<uint8_t>(sequence >> 8);
    rig.hand_over(packet);
  }
  rig.sending = false;
  rig.run(1000);
  const uint64_t counted = rig.stream.stats().lost - lost;
  EXPECT_GT(counted, 25000U);
  EXPECT_LE(counted, 27500U);
}

TEST(Stream, CountsLateDuplicateAndReorderedPackets) {
  Rig rig;
  rig.stream.set_delay(DelayMode::kHold, 10.0);
  rig.way = [](int64_t k) -> Way {
    if (k == 500) return 5.0 + 6.0;   // overtaken by two, in time
    if (k == 600) return 5.0 + 60.0;  // too late
    return 5.0;
  };
  rig.run(2000);
  rig.hand_over(rig.sent[rig.sent.size() - 10]);
  EXPECT_EQ(rig.stream.stats().reordered, 2U);
  EXPECT_EQ(rig.stream.stats().late, 1U);
  EXPECT_EQ(rig.stream.stats().lost, 0U);
  EXPECT_EQ(rig.stream.stats().duplicate, 1U);
}

TEST(Stream, DoesNotClickAtAGap) {
  for (const int64_t gap : {1, 3, 20}) {
    Rig rig;
    rig.sound = sine(440.0);
    rig.stream.set_delay(DelayMode::kHold, 10.0);
    rig.way = [gap](int64_t k) -> Way { return k >= 300 && k < 300 + gap ? Way{} : Way{5.0}; };
    rig.run(2000);
    const std::vector<float> before(rig.out.begin() + 24000, rig.out.begin() + 34000);
    EXPECT_GE(rig.stream.stats().concealed_frames, static_cast<uint64_t>(gap * 128));
    EXPECT_LT(largest_step(rig.out), 2.0F * largest_step(before)) << gap;
  }
}

TEST(Stream, IsSilentInALongOutage) {
  Rig rig;
  rig.sound = sine(440.0);
  rig.way = [](int64_t k) -> Way { return k >= 300 ? Way{} : Way{5.0}; };
  rig.run(2000);
  EXPECT_EQ(rms(rig.last(1000)), 0.0);
}

TEST(Stream, ReturnsAtTheSameDelayAfterAnOutageWhoseStaleBurstItDiscards) {
  Rig rig;
  // Ten seconds of nothing; then all of it at once, drained over 200 ms.
  constexpr int64_t kFrom = 750;
  constexpr int64_t kTo = kFrom + 3750;
  rig.way = [](int64_t k) -> Way {
    if (k < kFrom || k >= kTo) return 5.0;
    const double sent = static_cast<double>(k) * 8.0 / 3.0;
    const double back = static_cast<double>(kTo) * 8.0 / 3.0;
    const double drain = 200.0 * static_cast<double>(k - kFrom) / static_cast<double>(kTo - kFrom);
    return back - sent + drain;
  };
  rig.run(1900);
  const double usual = rig.stream.playout_delay_ms();
  rig.run(10200 + 500);
  EXPECT_NEAR(rig.stream.playout_delay_ms(), usual, 3.0);
  rig.run(500);
  EXPECT_TRUE(exact_copy(rig, 12000));
  EXPECT_NEAR(rig.stream.playout_delay_ms(), usual, 3.0);
}

TEST(Stream, HearsASenderThatBeginsAnew) {
  // Sequences near to and far from where the old ones ended (the prototype went silent for good).
  for (const double played_ms : {500.0, 2000.0, 60000.0}) {
    Rig rig;
    rig.run(played_ms);
    rig.sending = false;
    rig.run(300);
    rig.restart_sender();
    rig.sending = true;
    rig.captured += 14400;
    rig.run(800);
    EXPECT_EQ(rig.stream.stats().restarts, 1U) << played_ms;
    EXPECT_TRUE(exact_copy(rig, 4800)) << played_ms;
  }
}

TEST(Stream, FollowsASlowerRouteWithinTwoSeconds) {
  Rig rig;
  rig.way = [](int64_t k) -> Way { return k < 1125 ? 5.0 : 55.0; };
  rig.run(5000);
  EXPECT_TRUE(exact_copy(rig, 4800));
  EXPECT_LT(rig.stream.playout_delay_ms(), 5.0);
}

TEST(Stream, FollowsAFasterRouteWithinTwoSeconds) {
  Rig rig;
  rig.way = [](int64_t k) -> Way { return k < 1125 ? 80.0 : 10.0; };
  rig.run(5000);
  EXPECT_TRUE(exact_copy(rig, 4800));
  EXPECT_LT(rig.stream.playout_delay_ms(), 5.0);
}

TEST(Stream, CatchesUpAfterItsOwnClockStoodStill) {
  for (const double stood_ms : {60.0, 400.0, 5000.0}) {
    Rig rig;
    rig.run(2000);
    rig.rendering = false;
    rig.run(stood_ms);
    rig.rendering = true;
    rig.run(5000);
    EXPECT_TRUE(exact_copy(rig, 4800)) << stood_ms;
    EXPECT_LT(rig.stream.playout_delay_ms(), 5.0) << stood_ms;
  }
}

TEST(Stream, NeverLosesAPacketToDrift) {
  for (const double ppm : {-300.0, 300.0}) {
    Rig rig;
    rig.sound = sine(440.0);
    rig.sender_ppm = ppm;
    rig.run(5000);
    const auto before = rig.stream.stats();
    const float usual = largest_step(rig.last(1000));
    rig.run(60000);
    EXPECT_EQ(rig.stream.stats().late, before.late) << ppm;
    EXPECT_EQ(rig.stream.stats().concealed_frames, before.concealed_frames) << ppm;
    EXPECT_LT(rig.stream.playout_delay_ms(), 12.0) << ppm;
    EXPECT_LT(largest_step(rig.last(60000)), 1.1F * usual) << ppm;
    EXPECT_EQ(rig.stream.stats().discontinuities, before.discontinuities) << ppm;
  }
}

TEST(Stream, RedundantCopiesFillTheGaps) {
  Rig rig;
  rig.copies = 2;
  rig.way = [](int64_t k) -> Way { return k % 10 == 5 ? Way{} : Way{5.0}; };
  rig.stream.set_delay(DelayMode::kHold, 8.0);
  rig.run(3000);
  EXPECT_TRUE(exact_copy(rig, 48000));
  EXPECT_GT(rig.stream.stats().recovered, 100U);
  EXPECT_EQ(rig.stream.stats().lost, 0U);
  EXPECT_EQ(rig.stream.stats().duplicate, 0U);
}

TEST(Stream, PlaysAnyPacketAndQuantumSize) {
  for (const uint32_t packet : {16U, 64U, 128U, 480U, 1024U}) {
    for (const uint32_t quantum : {64U, 128U, 441U, 2048U}) {
      Rig rig(packet, quantum);
      rig.run(15000);
      EXPECT_TRUE(exact_copy(rig, 4800)) << packet << " in " << quantum;
    }
  }
}

TEST(Stream, StaysInOnePlaceWhenStereoTurnsToMonoAndBack) {
  Rig rig;
  rig.sound = sine(440.0);
  rig.run(1000);
  for (int i = 0; i < 4; ++i) {
    rig.sender.set_input(i % 2 == 0 ? capture::InputChannels::kStereo
                                    : capture::InputChannels::kFirst);
    rig.run(1000);
  }
  EXPECT_EQ(rig.out, rig.out_right);
  EXPECT_EQ(rig.stream.stats().concealed_frames, 0U);
}

TEST(Stream, LatePacketsRepairTheHistory) {
  // What a late packet brings is there when the next gap is concealed from it; without repair the
  // faded concealment of the first gap would be the only past.
  Rig rig;
  rig.sound = sine(440.0);
  rig.stream.set_delay(DelayMode::kHold, 10.0);
  rig.way = [](int64_t k) -> Way {
    if (k >= 400 && k < 410) return 5.0 + 45.0;  // late, but it comes
    if (k >= 410 && k < 416) return Way{};
    return 5.0;
  };
  rig.run(3000);
  EXPECT_EQ(rig.stream.stats().late, 10U);
  EXPECT_EQ(rig.stream.stats().lost, 6U);
}

// ---- drift -------------------------------------------------------------------------------------

// For an hour: tests/sim.
TEST(Stream, PlaysMinutesOfDriftWithoutLosingOrRepeatingAFrame) {
  for (const double ppm : {-300.0, 300.0}) {
    Rig rig;
    rig.sound = [](int64_t) { return 0.25F; };
    rig.sender_ppm = ppm;
    rig.keep = false;
    rig.run(5000);
    const auto before = rig.stream.stats();
    double furthest_ms = 0.0;
    double least = 1.0;
    double most = 0.0;
    for (int second = 5; second < 180; ++second) {
      rig.run(1000);
      furthest_ms = std::max(
          furthest_ms, std::fabs(rig.stream.playout_delay_ms() - rig.stream.target_delay_ms()));
      least = std::min(least, rig.stream.ratio());
      most = std::max(most, rig.stream.ratio());
    }
    const auto& after = rig.stream.stats();
    EXPECT_EQ(after.lost, 0U) << ppm;
    EXPECT_EQ(after.late, before.late) << ppm;
    EXPECT_EQ(after.concealed_frames, before.concealed_frames) << ppm;
    EXPECT_EQ(after.discontinuities, before.discontinuities) << ppm;
    EXPECT_LE(furthest_ms, 1.0) << ppm;
    // 1 cent is 578 ppm.
    EXPECT_GT(least, 1.0 + (ppm - 578.0) * 1e-6) << ppm;
    EXPECT_LT(most, 1.0 + (ppm + 578.0) * 1e-6) << ppm;
    EXPECT_NEAR(rig.stream.drift_ppm(), ppm, 1.0);
  }
}

TEST(Stream, LocksToDriftWithinFiveSeconds) {
  for (const double ppm : {-300.0, -40.0, 40.0, 300.0}) {
    Rig rig;
    rig.sender_ppm = ppm;
    rig.way = [](int64_t k) -> Way { return 5.0 + noise(6, k); };
    rig.run(5000);
    EXPECT_TRUE(rig.stream.drift_known());
    EXPECT_NEAR(rig.stream.drift_ppm(), ppm, 60.0);
    rig.run(10000);
    EXPECT_NEAR(rig.stream.drift_ppm(), ppm, 15.0);
  }
}

TEST(Stream, HoldsThePitchUnderAMillisecondOfJitter) {
  for (const double ppm : {-100.0, 0.0, 100.0}) {
    Rig rig;
    rig.sender_ppm = ppm;
    rig.way = [](int64_t k) -> Way { return 5.0 - std::log(1.0 - noise(7, k)); };
    rig.keep = false;
    rig.run(60000);
    double squares = 0.0;
    constexpr int kQuanta = 60 * 375;
    for (int q = 0; q < kQuanta; ++q) {
      rig.run(8.0 / 3.0);
      const double error = (rig.stream.ratio() - 1.0) * 1e6 - ppm;
      squares += error * error;
    }
    EXPECT_LT(std::sqrt(squares / kQuanta), 30.0) << ppm;
  }
}

// ---- concealment -------------------------------------------------------------------------------

// Signal to error in dB over [begin, begin + count) frames of the sender's timeline, at an offset.
double snr_db(const Rig& rig, int64_t offset, int64_t begin, int64_t count) {
  double signal = 0.0;
  double error = 0.0;
  for (int64_t n = begin; n < begin + count; ++n) {
    const auto sent = static_cast<double>(rig.sound(n));
    const auto heard = static_cast<double>(rig.out[static_cast<size_t>(n + offset)]);
    signal += sent * sent;
    error += (sent - heard) * (sent - heard);
  }
  return 10.0 * std::log10(signal / (error + 1e-12));
}

// Five partials and a little noise, in 16 bits.
Sound chord() {
  return [](int64_t n) {
    double x = 0.0;
    for (const double hz : {220.0, 277.2, 329.6, 440.0, 1318.5}) {
      x += 0.12 * std::sin(2.0 * M_PI * hz * static_cast<double>(n) / kRate);
    }
    x += 0.0005 * noise(8, n);
    return static_cast<float>(std::round(x * 32768.0) / 32768.0);
  };
}

// The loss of one packet, with a held delay; what is known after it depends on the delay.
Rig with_one_loss(double delay_ms) {
  Rig rig;
  rig.sound = chord();
  rig.stream.set_delay(DelayMode::kHold, delay_ms);
  rig.way = [](int64_t k) -> Way { return k == 300 ? Way{} : Way{5.0}; };
  rig.run(1500);
  return rig;
}

int64_t offset_of(const Rig& rig) {
  // Before the loss all is as it was sent.
  for (int64_t offset = 0; offset < 24000; ++offset) {
    int64_t n = 20000;
    while (n < 20200 && rig.out[static_cast<size_t>(n + offset)] == rig.sound(n)) ++n;
    if (n == 20200) return offset;
  }
  return -1;
}

TEST(Stream, ConcealsALostPacketOfTonesSoThatItIsHardlyHeard) {
  const Rig rig = with_one_loss(1.0);
  const int64_t offset = offset_of(rig);
  ASSERT_GE(offset, 0);
  EXPECT_EQ(rig.stream.stats().two_sided, 0U);
  EXPECT_GT(snr_db(rig, offset, 300 * 128, 384), 25.0);
}

TEST(Stream, UsesTheSoundAfterTheGapWhereItIsKnown) {
  const Rig one_sided = with_one_loss(1.0);
  const Rig two_sided = with_one_loss(12.0);
  const int64_t offset = offset_of(two_sided);
  ASSERT_GE(offset, 0);
  EXPECT_EQ(two_sided.stream.stats().two_sided, 1U);
  EXPECT_GT(snr_db(two_sided, offset, 300 * 128, 384),
            snr_db(one_sided, offset_of(one_sided), 300 * 128, 384) + 6.0);
}

TEST(Stream, FitsOnceForABurst) {
  Rig rig;
  rig.sound = chord();
  rig.stream.set_delay(DelayMode::kHold, 4.0);
  rig.way = [](int64_t k) -> Way { return k >= 300 && k < 308 ? Way{} : Way{5.0}; };
  rig.run(700);
  const uint64_t fits = rig.stream.stats().fits;
  rig.run(1000);
  EXPECT_EQ(rig.stream.stats().fits, fits + 1);
}

TEST(Stream, LearnsTheNextConcealmentFromWhatCameLate) {
  const auto snr_of_second_gap = [](bool late_comes) {
    Rig rig;
    rig.sound = chord();
    rig.stream.set_delay(DelayMode::kHold, 4.0);
    rig.way = [late_comes](int64_t k) -> Way {
      if (k >= 300 && k < 366) return late_comes ? Way{5.0 + 12.0} : Way{};
      return k == 372 ? Way{} : Way{5.0};
    };
    rig.run(1500);
    return snr_db(rig, offset_of(rig), 372 * 128, 384);
  };
  EXPECT_GT(snr_of_second_gap(true), snr_of_second_gap(false) + 3.0);
}

TEST(Stream, PlaysOnWhateverAPeerSendsInFloatingPoint) {
  // A hostile peer: 32 bits that are no numbers, or beyond all measure, and then a loss.
  Rig rig;
  rig.sound = chord();
  rig.run(500);
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(),
                          std::numeric_limits<float>::infinity(), 1e38F, 1e-40F}) {
    std::vector<uint8_t> packet = rig.sent.back();
    for (size_t i = 16; i + 4 <= packet.size(); i += 4) std::memcpy(&packet[i], &bad, 4);
    rig.hand_over(packet);
    rig.run(300);
    for (const float x : rig.last(250)) ASSERT_TRUE(std::isfinite(x));
  }
}

}  // namespace
}  // namespace tutti::test
